using NKeras.Hdf5;
using NKeras.Saving.Older;

namespace NKeras.Saving.Legacy;

/// <summary>What the order of elements in a file's weights depends on.</summary>
/// <param name="IsKeras1">Whether Keras 1 wrote them, which did not say so.</param>
/// <param name="FlipsKernels">Whether they were made for true convolutions, as Theano's were: kernels are turned round.</param>
internal sealed record LegacyOrigin(bool IsKeras1, bool FlipsKernels)
{
    /// <summary>What a group of layers says of itself.</summary>
    public static LegacyOrigin Of(Hdf5Group group) => new(
        LegacyGroup.TextOf(group, "keras_version") is not { } version || KerasVersion.Parse(version) is { Major: < 2 },
        LegacyGroup.TextOf(group, "backend") == "theano");
}
