using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace NKeras.Benchmarks;

/// <summary>A Python process that reads and writes arrays with h5py, in turn with what it is compared with.</summary>
internal sealed class H5pyPeer : IDisposable
{
    private const string Script = "benchmarks/h5py_peer.py";

    private readonly Process _process;

    private H5pyPeer(Process process) => _process = process;

    /// <summary>Starts it; null if there is no Python, or no h5py in it.</summary>
    /// <param name="python">The interpreter.</param>
    public static H5pyPeer? Start(string python)
    {
        try
        {
            Process process = Process.Start(new ProcessStartInfo(python, [Script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            return new H5pyPeer(process);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs a command of the script.</summary>
    /// <returns>The milliseconds that it took; null if the process has ended.</returns>
    public double? Run(string command, string path)
    {
        if (_process.HasExited) return null;
        _process.StandardInput.WriteLine($"{command} {path}");
        return _process.StandardOutput.ReadLine() is { } answer ? double.Parse(answer, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
