using NKeras.Engine.Numerics;

namespace NKeras.Engine.Primitives;

/// <summary>An operation on each matrix of a stack by itself, or on each row, computed in double precision.</summary>
internal abstract record MatrixPrimitive : Primitive
{
    /// <summary>How many of the last axes of the first input one computation takes; those before are the stack's.</summary>
    public virtual int Axes => 2;

    /// <summary>Computes the results for one matrix.</summary>
    /// <param name="shape">The dimensions of the first input's matrix.</param>
    /// <param name="inputs">Its elements, and those of the other inputs; they may be overwritten.</param>
    /// <param name="outputs">The results, to be filled.</param>
    /// <remarks>What it takes from the <see cref="Workspace"/> is given back by who calls.</remarks>
    public abstract void Compute(ReadOnlySpan<int> shape, ReadOnlySpan<Numbers> inputs, ReadOnlySpan<Numbers> outputs);

    public sealed override void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs) =>
        Evaluate(inputs, outputs, 0, Count(inputs[0].Shape));

    /// <summary>The number of matrices in the stack.</summary>
    public int Count(Shape shape)
    {
        int count = 1;
        foreach (int d in shape.Dims[..^Axes]) count *= d;
        return count;
    }

    /// <summary>Computes the results for some of the matrices.</summary>
    public void Evaluate(ReadOnlySpan<ElementView> inputs, ReadOnlySpan<ElementView> outputs, int first, int end)
    {
        if (first == end) return;
        int count = Count(inputs[0].Shape);
        ReadOnlySpan<int> shape = inputs[0].Shape.Dims[^Axes..];
        using Workspace.Scope scope = Workspace.Enter();
        Span<Numbers> from = Workspace.Take<Numbers>(inputs.Length), to = Workspace.Take<Numbers>(outputs.Length);
        for (int i = 0; i < from.Length; i++) from[i] = Workspace.Take(inputs[i].Size / count);
        for (int i = 0; i < to.Length; i++) to[i] = Workspace.Take(outputs[i].Size / count);
        for (int at = first; at < end; at++)
        {
            using Workspace.Scope one = Workspace.Enter();
            for (int i = 0; i < from.Length; i++) inputs[i].ReadNumbers(at * from[i].Length, from[i]);
            Compute(shape, from, to);
            for (int i = 0; i < to.Length; i++) outputs[i].WriteNumbers(at * to[i].Length, to[i]);
        }
    }

    /// <summary>The shape of a stack of square matrices.</summary>
    protected Shape Square(TensorSpec input)
    {
        Shape shape = Matrices(input);
        int rows = shape.Dims[^2], columns = shape.Dims[^1];
        return rows == columns || rows == Shape.Unknown || columns == Shape.Unknown ? shape
            : throw new ArgumentException($"{Name} takes square matrices, not {input}.");
    }

    /// <summary>The shape of a stack of matrices.</summary>
    protected Shape Matrices(TensorSpec input) => input.Shape.Rank >= 2 && input.DType.IsFloating ? input.Shape
        : throw new ArgumentException($"{Name} takes floating-point matrices or stacks of them, not {input}.");

    /// <summary>The shape of a stack whose matrices are replaced.</summary>
    protected static Shape Stack(Shape of, params ReadOnlySpan<int> core) => new([.. of.Dims[..^2], .. core]);

    /// <summary>The lesser of two dimensions; unknown if one is.</summary>
    protected static int Lesser(int a, int b) => a == Shape.Unknown || b == Shape.Unknown ? Shape.Unknown : Math.Min(a, b);
}
