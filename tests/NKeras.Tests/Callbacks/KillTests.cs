using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NKeras.Tests.Callbacks;

/// <summary>
/// Training processes are killed (SIGKILL) at random moments, many of them in the middle of saving. <c>NKERAS_KILLS=100</c> kills so many times each.
/// </summary>
public sealed class KillTests
{
    private static readonly int s_kills = int.TryParse(Environment.GetEnvironmentVariable("NKERAS_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int kills) ? kills : 6;

    [Theory]
    [InlineData(2, "arrays")]
    [InlineData(3, "dataset")]
    [InlineData(0, "arrays")]
    public void KilledRunEndsAsIfNeverInterrupted(int frequency, string data)
    {
        using TemporaryFolder folder = new();
        SortedDictionary<int, string> expected = [], seen = [];
        string end = Finish(Start(folder["undisturbed"], frequency, data), expected);
        Random random = new(frequency);
        (int killed, int whileSaving) = (0, 0);
        for (int round = 0; IsShort(); round++)
        {
            string backup = folder[$"{round}"];
            seen.Clear();
            while (IsShort())
            {
                using Process process = Start(backup, frequency, data);
                if (!ReadLines(process, random.Next(1, 12), seen)) break;
                if (random.Next(4) > 0) WaitForSaving(process, backup, random);
                process.Kill();
                process.WaitForExit();
                killed++;
                if (Temporary(backup).Length > 0) whileSaving++;
            }

            Assert.Equal(end, Finish(Start(backup, frequency, data), seen));
            foreach ((int epoch, string scores) in seen) Assert.Equal(expected[epoch], scores);
            Assert.False(Directory.Exists(backup));
        }

        Assert.True(whileSaving > 0, $"None of {killed} kills came while a backup was being written.");

        bool IsShort() => IsFewer(killed, whileSaving);
    }

    [Fact]
    public void FileThatIsSavedOverIsAlwaysWhole()
    {
        using TemporaryFolder folder = new();
        string file = folder["model.keras"];
        Random random = new(5);
        (int killed, int whileSaving) = (0, 0);
        while (IsFewer(killed, whileSaving))
        {
            int before = Temporary(folder.FullName).Length;
            using Process process = Run("save", file);
            HashSet<string> states = [];
            // A kill before the first save leaves what was there before.
            if (File.Exists(file)) states.Add(Sum(Model.Load(file)));
            int lines = random.Next(2, 8);
            for (int l = 0; l < lines; l++) Note(Line(process));
            WaitForSaving(process, folder.FullName, random);
            process.Kill();
            process.WaitForExit();
            killed++;
            while (process.StandardOutput.ReadLine() is { } line) Note(line);
            if (Temporary(folder.FullName).Length > before) whileSaving++;
            Assert.Contains(Sum(Model.Load(file)), states);

            void Note(string line)
            {
                if (line.StartsWith("saving ", StringComparison.Ordinal)) states.Add(line["saving ".Length..]);
            }
        }

        Assert.True(whileSaving > 0, $"None of {killed} kills came while the model was being saved.");
    }

    /// <summary>Whether more kills are wanted: one at least in the middle of saving, which chance may deny for a while.</summary>
    private static bool IsFewer(int killed, int whileSaving) => killed < s_kills || (whileSaving == 0 && killed < 10 * s_kills);

    private static Process Start(string backup, int frequency, string data) => Run("backup", backup, $"{frequency}", data);

    private static Process Run(params string[] arguments)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "NKeras.KillTarget.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static string Line(Process process) => process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"The program ended: {process.StandardError.ReadToEnd()}");

    /// <summary>Follows a run for some lines.</summary>
    /// <returns>Whether it goes on.</returns>
    private static bool ReadLines(Process process, int count, SortedDictionary<int, string> scores)
    {
        for (int i = 0; i < count; i++)
        {
            string line = Line(process);
            if (line.StartsWith("done ", StringComparison.Ordinal)) return false;
            Note(line, scores);
        }

        return true;
    }

    /// <summary>
    /// Looks, and never sleeps, until a temporary file has some length or is gone again; but not for ever, as the program waits for its lines to be
    /// read after many of them.
    /// </summary>
    private static void WaitForSaving(Process process, string folder, Random random)
    {
        const int MostLooks = 20_000;
        long length = random.Next(3) == 0 ? 0 : random.NextInt64(2_000_000);
        for (int look = 0; look < MostLooks && !process.HasExited; look++)
        {
            foreach (FileInfo file in Temporary(folder))
            {
                // Those that were killed before do not grow.
                if (file.LastWriteTimeUtc < process.StartTime.ToUniversalTime()) continue;
                if (!file.Exists || file.Length >= length) return;
            }
        }
    }

    private static FileInfo[] Temporary(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).GetFiles("*.nkeras-tmp");
        }
        catch (DirectoryNotFoundException)
        {
            // Not yet there, or gone with the end of training.
            return [];
        }
    }

    private static string Finish(Process process, SortedDictionary<int, string> scores)
    {
        using (process)
        {
            while (true)
            {
                string line = Line(process);
                if (line.StartsWith("done ", StringComparison.Ordinal)) return line;
                Note(line, scores);
            }
        }
    }

    private static void Note(string line, SortedDictionary<int, string> scores)
    {
        string[] words = line.Split(' ', 3);
        if (words[0] == "epoch") scores[int.Parse(words[1], CultureInfo.InvariantCulture)] = words[2];
    }

    /// <summary>As the program computes it.</summary>
    private static string Sum(Model model)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Variable variable in model.Variables.Concat(model.Optimizer.Variables)) hash.AppendData(MemoryMarshal.AsBytes(Ops.Cast(variable, "float64").ToArray<double>().AsSpan()));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
