namespace NKeras.Engine.Tests.Primitives;

internal static partial class PrimitiveCases
{
    /// <summary>Primitives with graphs inside.</summary>
    private static IEnumerable<PrimitiveCase> Control()
    {
        Operand index = Operand.Between(-1, 4, Shape.Scalar, DType.Int32);
        foreach (DType type in (DType[])[DType.Float32, DType.Float64])
        {
            Operand scalar = new(Shape.Scalar, type), state = new(new([2, 3]), type), vector = new(new([3]), type);
            foreach (int length in (int[])[0, 1, 7])
            {
                foreach (bool reverse in (bool[])[false, true])
                    yield return Close(Tolerance.Accumulated(64), InnerGraphCases.Cell(type, length, reverse), state, scalar, new(new([length, 2, 3]), type), new(new([3, 3]), type));
            }

            for (int i = 0; i < 3; i++)
                yield return Exact(InnerGraphCases.Branches(type), Operand.Between(i, i + 1, Shape.Scalar, DType.Int32), vector, vector);
            yield return Exact(InnerGraphCases.Branches(type), index, vector, vector);
            foreach (int? most in (int?[])[null, 0, 3])
                yield return Close(Tolerance.Ulps(8), InnerGraphCases.Doubling(type, most), Operand.Between(0.1, 1, new([2]), type), Operand.Between(0, 100, Shape.Scalar, type), Operand.Between(0, 1, new([2]), type));
            yield return Exact(InnerGraphCases.Square(type), vector, vector, vector);
        }
    }
}
