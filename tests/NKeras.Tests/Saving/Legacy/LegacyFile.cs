using System.Runtime.InteropServices;
using NKeras.Hdf5;
using NKeras.Saving.Legacy;

namespace NKeras.Tests.Saving.Legacy;

/// <summary>Makes weights' files as older versions laid them out.</summary>
internal sealed class LegacyFile
{
    private readonly Hdf5Content _content = new();
    private readonly List<string> _layers = [];

    public LegacyFile(string? version = null, string? backend = null)
    {
        if (version != null) _content.SetAttribute("keras_version", version);
        if (backend != null) _content.SetAttribute("backend", backend);
    }

    public Hdf5Content Content => _content;

    public LegacyFile Layer(string name, params (string Name, float[] Values, long[] Shape)[] arrays)
    {
        _layers.Add(name);
        foreach ((string array, float[] values, long[] shape) in arrays) _content.AddDataset($"{name}/{array}", Hdf5Type.Float32, shape, s => s.Write(MemoryMarshal.AsBytes<float>(values)));
        _content.Group(name).SetAttribute("weight_names", [.. arrays.Select(a => a.Name)]);
        return this;
    }

    public void LoadInto(Model model, bool skipMismatch = false, bool byName = false)
    {
        _content.SetAttribute("layer_names", _layers);
        Load(_content, model, skipMismatch, byName);
    }

    public static void Load(Hdf5Content content, Model model, bool skipMismatch = false, bool byName = false)
    {
        using MemoryStream stream = new();
        content.Write(stream);
        stream.Position = 0;
        using Hdf5File file = Hdf5File.Open(stream);
        LegacyModelFile.LoadWeights(LegacyModelFile.WeightsIn(file)!, model, skipMismatch, byName);
    }
}
