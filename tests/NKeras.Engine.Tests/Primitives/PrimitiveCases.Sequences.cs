using NKeras.Engine.Primitives;

namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Labels and lengths that go out of range, too.</summary>
    private static IEnumerable<PrimitiveCase> Sequences()
    {
        foreach (DType type in DType.All.Where(t => t.IsFloating))
        {
            foreach ((int batch, int steps, int classes, int labels) in new[] { (0, 3, 2, 2), (1, 1, 2, 0), (3, 9, 4, 3), (2, 5, 3, 7) })
            {
                Operand x = Operand.Between(-4, -0.1, new([batch, steps, classes]), type), lengths = Operand.Between(-1, steps + 2, new([batch]), DType.Int32);
                Operand[] inputs = [x, Operand.Between(0, classes, new([batch, labels]), DType.Int32), Operand.Between(-1, labels + 2, new([batch]), DType.Int32), lengths];
                yield return Exact(new CtcLoss(0), inputs);
                yield return Exact(new CtcLossBackward(classes - 1), inputs);
                yield return Exact(new CtcBeamSearch(3, 2, 0), x, lengths);
            }
        }

        foreach (bool merge in (bool[])[true, false])
            yield return Exact(new CtcCollapse(merge, 1), Operand.Between(0, 3, new([4, 9]), DType.Int32), Operand.Between(0, 11, new([4]), DType.Int32));
    }
}
