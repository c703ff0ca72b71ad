namespace NKeras.Engine.Cpu;

/// <summary>One step of a reduction: [outer, reduced, inner] becomes [outer, inner].</summary>
internal readonly record struct ReductionStep(nint Outer, nint Reduced, nint Inner)
{
    /// <summary>The number of totals.</summary>
    public nint Results => Outer * Inner;
}

/// <summary>A reduction of a row-major tensor over any axes as steps over one axis.</summary>
/// <remarks>Neighbouring axes that are both kept or both reduced are one; most reductions take one step then.</remarks>
internal sealed class ReductionLayout
{
    /// <summary>Finds the steps.</summary>
    /// <param name="shape">The shape of the input.</param>
    /// <param name="reduced">Per axis, whether it is reduced.</param>
    public ReductionLayout(ReadOnlySpan<int> shape, ReadOnlySpan<bool> reduced)
    {
        if (shape.Length != reduced.Length)
            throw new ArgumentException($"There are {reduced.Length} flags for {shape.Length} axes.", nameof(reduced));
        InputCount = 1;
        OutputCount = 1;
        List<(nint Length, bool Reduced)> groups = [];
        for (int d = 0; d < shape.Length; d++)
        {
            InputCount *= shape[d];
            if (!reduced[d]) OutputCount *= shape[d];
            if (shape[d] == 1) continue;
            if (groups.Count > 0 && groups[^1].Reduced == reduced[d]) groups[^1] = (groups[^1].Length * shape[d], reduced[d]);
            else groups.Add((shape[d], reduced[d]));
        }

        Steps = InputCount == 0 ? [] : Plan(groups);
    }

    /// <summary>The number of elements of the input.</summary>
    public nint InputCount { get; }

    /// <summary>The number of elements of the output.</summary>
    public nint OutputCount { get; }

    /// <summary>The steps, in order; none if the input is empty.</summary>
    public ReductionStep[] Steps { get; }

    private static ReductionStep[] Plan(List<(nint Length, bool Reduced)> groups)
    {
        List<ReductionStep> steps = [];
        nint inner = 1;
        for (int i = groups.Count - 1; i >= 0; i--)
        {
            if (!groups[i].Reduced)
            {
                inner *= groups[i].Length;
                continue;
            }

            nint outer = 1;
            for (int j = 0; j < i; j++) outer *= groups[j].Length;
            steps.Add(new ReductionStep(outer, groups[i].Length, inner));
        }

        return steps.Count == 0 ? [new ReductionStep(1, 1, inner)] : [.. steps];
    }
}
