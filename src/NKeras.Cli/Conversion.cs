using System.Text;
using NKeras.Hdf5;
using NKeras.Npy;
using NKeras.Saving;
using NKeras.Saving.Files;

namespace NKeras.Cli;

/// <summary>Writes a model, or weights, in another format.</summary>
/// <param name="from">The file to read.</param>
/// <param name="to">The file to write.</param>
/// <param name="policy">What loading may take.</param>
internal sealed class Conversion(string from, string to, LoadPolicy policy)
{
    private const string WeightsEnding = ".weights.h5", ArraysEnding = ".npz", ListEnding = ".weights.json";

    private static readonly string[] s_modelEndings = [".keras", ".h5", ".hdf5", ".json"];

    /// <summary>The model that weights belong to; null if none is needed.</summary>
    public string? ModelFile { get; init; }

    /// <summary>Whether a file that is there is replaced.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether the optimizer's state is written.</summary>
    public bool IncludeOptimizer { get; init; } = true;

    private bool ToWeights => to.EndsWith(WeightsEnding, StringComparison.Ordinal) || to.EndsWith(ArraysEnding, StringComparison.Ordinal);

    /// <summary>Converts.</summary>
    /// <returns>What was written, in words.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="ArgumentException">The one cannot become the other.</exception>
    public string Run()
    {
        if (!ToWeights && to.EndsWith(ListEnding, StringComparison.Ordinal)) throw new ArgumentException($"'{to}' would be a list of several files; write {WeightsEnding}.");
        bool isFolder = !ToWeights && !s_modelEndings.Any(e => to.EndsWith(e, StringComparison.Ordinal));
        if (isFolder && Path.GetExtension(to).Length > 0) throw new ArgumentException($"'{to}' says not what to write: its name must end in .keras, .h5, .json, {WeightsEnding} or {ArraysEnding}, or have no ending for a folder.");
        if (!Overwrite && (File.Exists(to) || Directory.Exists(to))) throw new IOException($"'{to}' is there already; use --force to replace it.");

        Content content = Content.Of(from, policy);
        if (content.Config == null && ModelFile == null && ToWeights) return CopyWeights(content);
        Model model = Load(content);
        if (to.EndsWith(ArraysEnding, StringComparison.Ordinal)) AtomicFile.Write(to, stream => NpzFile.Write(stream, new SavedState(model, IncludeOptimizer).ToArrays()));
        else if (to.EndsWith(WeightsEnding, StringComparison.Ordinal)) AtomicFile.Write(to, new SavedState(model, IncludeOptimizer).ToHdf5().Write);
        else if (to.EndsWith(".json", StringComparison.Ordinal)) AtomicFile.Write(to, stream => stream.Write(Encoding.UTF8.GetBytes(model.ToJson())));
        else model.Save(to, Overwrite, zipped: !isFolder, IncludeOptimizer);
        return $"{to}: model '{model.Name}', {model.CountParams():N0} parameters";
    }

    private Model Load(Content content)
    {
        if (content.Config != null) return Model.Load(from, policy: policy);
        if (ModelFile == null) throw new ArgumentException($"'{from}' holds weights and no model ({content.Kind}); add --model with the file of the model that they belong to.");
        Model model = Model.Load(ModelFile, policy: policy);
        model.LoadWeights(from, policy: policy);
        return model;
    }

    /// <summary>Copies arrays from one format of weights to the other, under the same names.</summary>
    private string CopyWeights(Content content)
    {
        if (content.NeedsModel) throw new ArgumentException($"'{from}' ({content.Kind}) can only be converted with the model: add --model with its file.");
        return LoadAttempt.Run(from, null, policy, attempt =>
        {
            using FileStream stream = attempt.Open();
            using Hdf5File? file = Hdf5File.IsHdf5(stream) ? Hdf5File.Open(stream, policy.Hdf5, leaveOpen: true) : null;
            using NpzFile? archive = file == null ? new NpzFile(SafeArchive.Open(stream, policy), from) : null;
            StoredVariables arrays = new("", content.Arrays.ToDictionary(
                a => a.Path,
                a => archive == null ? (StoredArray)new Hdf5Array((Hdf5Dataset)file!.Root[a.Path]) : new NpzArray(archive, a.Path, archive.HeaderOf(a.Path))));
            if (to.EndsWith(ArraysEnding, StringComparison.Ordinal))
            {
                AtomicFile.Write(to, target => NpzFile.Write(target, arrays.Select(a => (a.Key, a.Value))));
            }
            else
            {
                Hdf5Content copy = new();
                foreach ((string name, Tensor value) in arrays) DatasetTensors.Add(copy, name, value);
                AtomicFile.Write(to, copy.Write);
            }

            return $"{to}: {content.Arrays.Count} arrays";
        });
    }
}
