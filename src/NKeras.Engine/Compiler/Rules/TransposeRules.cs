using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Compiler.Rules;

/// <summary>Transposes that need not move data.</summary>
internal static class TransposeRules
{
    /// <summary>Two transposes in a row are one.</summary>
    public static Value? Merge(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        if (!inputs[0].Is(out Transpose? inner)) return null;
        IntList outer = ((Transpose)primitive).Permutation;
        return s.Apply(new Transpose([.. outer.Select(axis => inner.Permutation[axis])]), inputs[0].Producer!.Inputs[0]);
    }

    /// <summary>A transpose that leaves the order of the axes longer than one is a reshape.</summary>
    public static Value? ToReshape(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        int last = -1;
        foreach (int axis in ((Transpose)primitive).Permutation)
        {
            if (inputs[0].Shape.Dims[axis] == 1) continue;
            if (axis < last) return null;
            last = axis;
        }

        return s.Fit(inputs[0], shape);
    }

    /// <summary>A matrix product reads an operand transposed at no cost.</summary>
    public static Value? AbsorbIntoMatMul(Simplifier s, Primitive primitive, Value[] inputs, Shape shape)
    {
        MatMul product = (MatMul)primitive;
        bool a = SwapsLastTwo(inputs[0]), b = SwapsLastTwo(inputs[1]);
        return a || b
            ? s.Apply(
                new MatMul(product.TransposeA ^ a, product.TransposeB ^ b),
                a ? inputs[0].Producer!.Inputs[0] : inputs[0],
                b ? inputs[1].Producer!.Inputs[0] : inputs[1])
            : null;
    }

    private static bool SwapsLastTwo(Value value)
    {
        if (!value.Is(out Transpose? transpose)) return false;
        int rank = value.Shape.Rank;
        for (int i = 0; i < rank - 2; i++)
        {
            if (transpose.Permutation[i] != i) return false;
        }

        return transpose.Permutation[rank - 1] == rank - 2;
    }
}
