using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Images and how many rows and columns are looked up: with few channels and many, of one pixel, and none.</summary>
    private static readonly (int[] Images, int[] Places)[] s_samples =
    [
        ([2, 5, 7, 3], [2, 6, 9]), ([3, 4, 1, 1], [1, 5, 3]), ([2, 3, 4, 6], [2, 2, 2]), ([1, 1, 1, 17], [1, 3, 4]), ([2, 40, 50, 3], [2, 70, 61]), ([1, 3, 3, 0], [1, 2, 2]), ([2, 3, 3, 2], [2, 0, 2]), ([0, 3, 3, 2], [0, 2, 2]),
    ];

    private static IEnumerable<PrimitiveCase> Sampling()
    {
        foreach ((int[] images, int[] places) in s_samples)
        {
            foreach (BorderMode border in Enum.GetValues<BorderMode>())
            {
                foreach (DType type in (DType[])[DType.Float32, DType.Float64])
                {
                    yield return Close(new Tolerance(0, 64), new SampleImages(new(1, border, 0.25)), new Operand(images, type), Places(type, 0), Places(type, 1));
                    yield return Exact(new SampleImages(new(0, border, 3)), new Operand(images, type), Places(type, 0), Places(type, 1));
                }

                foreach (DType type in SomeTypes) yield return Exact(new SampleImages(new(0, border, 3)), Special(images, type), Places(DType.Float32, 0), Places(DType.Float32, 1));

                // Everything that a place can be.
                yield return Exact(new SampleImages(new(0, border, 3)), new Operand(images, DType.Int32), Special(places, DType.Float32), Special(places, DType.Float32));
            }

            // Up to three times the size beyond the border.
            Operand Places(DType type, int axis) => Operand.Between(-3 * images[axis + 1], 4 * images[axis + 1], places, type);
        }
    }
}
