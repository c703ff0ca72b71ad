namespace NKeras.Optimizers;

/// <summary>Changes that are kept only where a condition holds.</summary>
/// <remarks>The changes are computed in any case, and dropped where it does not hold: a training step has no branches.</remarks>
internal static class ChangesIf
{
    /// <summary>Changes variables, and gives those back what they held unless the condition holds.</summary>
    /// <param name="condition">A boolean scalar.</param>
    /// <param name="variables">The variables that may be changed; each once.</param>
    /// <param name="change">Changes some of them.</param>
    public static void Keep(Tensor condition, IEnumerable<Variable> variables, Action change)
    {
        (Variable Variable, Tensor Value)[] before = [.. variables.Select(v => (v, v.Value))];
        change();
        foreach ((Variable variable, Tensor value) in before)
        {
            if (!ReferenceEquals(variable.Value, value)) variable.Assign(Ops.Where(condition, variable, value));
        }
    }
}
