using System.Text.RegularExpressions;

namespace NKeras.Layers;

/// <summary>What the equation of an <see cref="EinsumDense"/> says about its kernel, its bias and its result.</summary>
/// <param name="Layer">The layer, for errors.</param>
/// <param name="Input">A letter for each axis of the input, but for those that an ellipsis stands for.</param>
/// <param name="Kernel">A letter for each axis of the kernel.</param>
/// <param name="Output">A letter for each axis of the result, but for those that an ellipsis stands for.</param>
/// <param name="Leads">Whether an ellipsis stands in front.</param>
/// <param name="Trails">Whether an ellipsis stands at the end.</param>
internal sealed partial record KernelEquation(Layer Layer, string Input, string Kernel, string Output, bool Leads, bool Trails)
{
    /// <summary>Reads an equation such as <c>"ab,bc->ac"</c>, <c>"...ab,bc->...ac"</c> or <c>"ab...,bc->ac..."</c>.</summary>
    /// <exception cref="ArgumentException">It has another form, or an axis of the kernel or the result comes from nowhere.</exception>
    public static KernelEquation Parse(Layer layer, string equation)
    {
        ArgumentNullException.ThrowIfNull(equation);
        Match match = Form().Match(equation);
        bool Has(string group) => match.Groups[group].Length > 0;
        if (!match.Success || Has("lead") != Has("leadOut") || Has("trail") != Has("trailOut") || (Has("lead") && Has("trail")))
            throw new ArgumentException($"Layer '{layer.Name}': an equation has the form \"[X],[Y]->[Z]\", \"...[X],[Y]->...[Z]\" or \"[X]...,[Y]->[Z]...\"; received \"{equation}\".", nameof(equation));
        KernelEquation parsed = new(layer, match.Groups["input"].Value, match.Groups["kernel"].Value, match.Groups["output"].Value, Has("lead"), Has("trail"));
        if (parsed.Output.FirstOrDefault(c => !parsed.Input.Contains(c) && !parsed.Kernel.Contains(c)) is var unknown and not '\0')
            throw new ArgumentException($"Layer '{layer.Name}': '{unknown}' in the result of \"{equation}\" is in neither the input nor the kernel.", nameof(equation));
        if (parsed.Kernel.FirstOrDefault(c => !parsed.Input.Contains(c) && !parsed.Output.Contains(c)) is var loose and not '\0')
            throw new ArgumentException($"Layer '{layer.Name}': '{loose}' in the kernel of \"{equation}\" is in neither the input nor the result, so its dimension is not known.", nameof(equation));
        return parsed;
    }

    /// <summary>Checks that a bias has only axes of the result.</summary>
    /// <exception cref="ArgumentException">It has others, or none.</exception>
    public string? CheckBias(string? biasAxes)
    {
        if (biasAxes == null) return null;
        if (biasAxes.Length == 0) throw new ArgumentException($"Layer '{Layer.Name}': biasAxes names at least one axis, or is null for no bias; received \"\".", nameof(biasAxes));
        return biasAxes.FirstOrDefault(c => !Output.Contains(c)) is var unknown and not '\0'
            ? throw new ArgumentException($"Layer '{Layer.Name}': '{unknown}' of biasAxes \"{biasAxes}\" is no axis of the result \"{Output}\".", nameof(biasAxes))
            : biasAxes;
    }

    /// <summary>The shapes that belong to an input.</summary>
    /// <param name="input">The input's shape.</param>
    /// <param name="partial">The result's dimensions as far as they were given: without the batch's and those of an ellipsis.</param>
    /// <param name="biasAxes">The bias's axes; null for no bias.</param>
    /// <exception cref="ArgumentException">The shapes do not fit the equation or each other.</exception>
    public (Shape Kernel, Shape? Bias) ShapesFor(Shape input, Shape partial, string? biasAxes)
    {
        int elided = input.Rank - Input.Length;
        if (elided < 0 || (elided > 0 && !Leads && !Trails))
            throw new ArgumentException($"Layer '{Layer.Name}': the equation takes an input with {(Leads || Trails ? "at least " : "")}{Input.Length} axes, \"{Input}\"; received shape {input}.", nameof(input));
        int start = Leads ? elided : 0;
        int[] result = Result(input, partial, elided);
        foreach (char c in Input.Where(Output.Contains))
        {
            int at = start + Output.IndexOf(c), given = result[at], own = input.Dims[start + Input.IndexOf(c)];
            if (given == Shape.Unknown) result[at] = own;
            else if (given != own) throw new ArgumentException($"Layer '{Layer.Name}': '{c}' stands for a dimension of {(own == Shape.Unknown ? "None" : own)} in the input (shape {input}) and for one of {given} in outputShape={partial}.", nameof(input));
        }

        Shape kernel = new([.. Kernel.Select(c => Output.Contains(c) ? result[start + Output.IndexOf(c)] : input.Dims[start + Input.IndexOf(c)])]);
        if (!kernel.IsKnown) throw new ArgumentException($"Layer '{Layer.Name}' needs to know all dimensions of its kernel \"{Kernel}\"; for an input of shape {input} and outputShape={partial} it is {kernel}.", nameof(input));
        if (biasAxes == null) return (kernel, null);
        string behind = Output[biasAxes.Min(c => Output.IndexOf(c))..];
        IEnumerable<int> bias = behind.Select(c => biasAxes.Contains(c) ? result[start + Output.IndexOf(c)] : 1);
        return (kernel, new Shape([.. bias, .. Enumerable.Repeat(1, Leads ? 0 : elided)]));
    }

    /// <summary>The axes of the kernel that are summed over, and those that the result has.</summary>
    public (int[] Inputs, int[] Outputs) KernelAxes()
    {
        ILookup<bool, int> axes = Enumerable.Range(0, Kernel.Length).ToLookup(i => Output.Contains(Kernel[i]));
        return ([.. axes[false]], [.. axes[true]]);
    }

    /// <summary>The axes of the input that are summed over.</summary>
    public int[] InputAxes() => [.. Enumerable.Range(0, Input.Length).Where(i => !Output.Contains(Input[i])).Select(i => Leads ? i - Input.Length : i)];

    private int[] Result(Shape input, Shape partial, int elided)
    {
        // The batch is one of the axes that a leading ellipsis stands for, if there are any.
        int[] result = Leads && elided > 0 ? [.. input.Dims[..elided], .. partial.Dims]
            : Leads && partial.Rank == Output.Length ? [.. partial.Dims]
            : [input.Dims[0], .. partial.Dims, .. input.Dims[^elided..]];
        return result.Length == Output.Length + elided
            ? result
            : throw new ArgumentException($"Layer '{Layer.Name}': outputShape has the dimensions of \"{Output}\" but for the batch's and those of an ellipsis; received {partial} for an input of shape {input}.", nameof(partial));
    }

    [GeneratedRegex("^(?<lead>\\.\\.\\.)?(?<input>[a-zA-Z]+)(?<trail>(?<=[a-zA-Z]{2})\\.\\.\\.)?,(?<kernel>[a-zA-Z]+)->(?<leadOut>\\.\\.\\.)?(?<output>[a-zA-Z]+)(?<trailOut>\\.\\.\\.)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
