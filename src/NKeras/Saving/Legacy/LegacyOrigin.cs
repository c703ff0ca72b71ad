using NKeras.Hdf5;
using NKeras.Saving.Older;

namespace NKeras.Saving.Legacy;

/// <summary>What the order of elements in a file's weights depends on.</summary>
/// <param name="IsKeras1">Whether Keras 1 wrote them, which did not say so.</param>
/// <param name="FlipsKernels">Whether they were made for true convolutions, as Theano's were: kernels are turned round.</param>
internal sealed record LegacyOrigin(bool IsKeras1, bool FlipsKernels)
{
    /// <summary>What a group of layers says of itself.</summary>
    /// <param name="group">The group.</param>
    /// <param name="layers">The layers in it.</param>
    // Keras: 1 did not say which backend it ran on, and later versions leave its kernels as they are. The names of TensorFlow's variables tell: they end in ":0".
    public static LegacyOrigin Of(Hdf5Group group, IReadOnlyList<LegacyGroup> layers)
    {
        bool isKeras1 = LegacyGroup.TextOf(group, "keras_version") is not { } version || KerasVersion.Parse(version) is { Major: < 2 };
        string? backend = LegacyGroup.TextOf(group, "backend");
        bool isUnnamed = group.Attributes.ContainsKey("nb_layers");
        bool isTheano = backend == "theano" || (backend == null && isKeras1 && !isUnnamed && layers.Count > 0 && !layers.Any(l => l.Arrays.Any(a => a.Name.Contains(':'))));
        return new LegacyOrigin(isKeras1, isTheano);
    }
}
