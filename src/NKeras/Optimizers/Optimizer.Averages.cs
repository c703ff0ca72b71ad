namespace NKeras.Optimizers;

public abstract partial class Optimizer
{
    private IReadOnlyList<Variable?> _averages = [];

    /// <summary>Ends training: where running averages are kept, the variables become them. <c>Fit</c> calls it.</summary>
    /// <param name="varList">The variables.</param>
    /// <exception cref="ArgumentException">The optimizer was built with other variables.</exception>
    public virtual void FinalizeVariableValues(IReadOnlyList<Variable> varList)
    {
        ArgumentNullException.ThrowIfNull(varList);
        if (!UseEma) return;
        foreach (Variable variable in varList)
        {
            if (!variable.OverwriteWithGradient) variable.Assign(Of(_averages, variable));
        }
    }

    /// <summary>The variables of which running averages are kept, with these; none if they are not kept, or the optimizer is not built.</summary>
    internal virtual IEnumerable<(Variable Variable, Variable Average)> RunningAverages =>
        _averages.Select((average, i) => (TrainedVariables[i], Average: average)).Where(p => p.Average != null).Select(p => (p.Item1, p.Average!));

    /// <summary>Takes the variables into their running averages, which take their place when it is time.</summary>
    private void UpdateAverages()
    {
        foreach ((Variable variable, Variable average) in RunningAverages)
        {
            Tensor kept = OncePerStep("average_kept", variable.DType, () => Ops.Multiply(Ops.Cast(Ops.NotEqual(UpdatesDone, 0), variable.DType), EmaMomentum));
            Tensor taken = OncePerStep("average_taken", variable.DType, () => Ops.Subtract(1.0, kept));
            average.Assign(Ops.Add(Ops.Multiply(average, kept), Ops.Multiply(variable, taken)));
            if (EmaOverwriteFrequency is not > 0) continue;
            Tensor due = OncePerStep("average_due", DType.Bool, () => IsMultiple(Ops.Add(UpdatesDone, 1), EmaOverwriteFrequency.Value));
            variable.Assign(Ops.Where(due, average, variable));
        }
    }
}
