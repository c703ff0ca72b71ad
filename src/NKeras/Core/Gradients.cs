using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras;

/// <summary>Gradients for steps of training of one's own, in the manner of <c>jax.value_and_grad</c>.</summary>
// Keras: leaves gradients to its backends; this is what they have in common.
public static class Gradients
{
    /// <summary>Computes a loss and how it changes with each of some variables.</summary>
    /// <remarks>
    /// Within a compiled step (<see cref="Model.TrainStep"/>) both become part of it. Anywhere else the function is traced and compiled at every
    /// call, so a loop that matters belongs into a step.
    /// </remarks>
    /// <param name="loss">Computes the loss, a scalar, from the variables.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>The loss, and a gradient for each variable; null where the loss does not depend on it.</returns>
    /// <exception cref="ArgumentException">The loss is not a floating-point scalar.</exception>
    public static (Tensor Value, Tensor?[] Gradients) ValueAndGrad(Func<Tensor> loss, IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(variables);
        if (Trace.Current != null) return Traced(loss, variables);
        bool[] depends = [];
        Executable executable = Jit.Compile([], _ =>
        {
            (Tensor value, Tensor?[] gradients) = Traced(loss, variables);
            depends = [.. gradients.Select(g => g is not null)];
            return [value, .. gradients.OfType<Tensor>()];
        });
        Queue<Tensor> results = new(executable.Run());
        return (results.Dequeue(), [.. depends.Select(d => d ? results.Dequeue() : null)]);
    }

    /// <summary>The gradients of a traced scalar with respect to traced tensors.</summary>
    internal static Tensor?[] Of(Tensor loss, IReadOnlyList<Tensor> wrt) =>
        Differentiation.Pullback([loss], [Ops.Ones(Shape.Scalar, loss.DType)], wrt);

    private static (Tensor Value, Tensor?[] Gradients) Traced(Func<Tensor> loss, IReadOnlyList<Variable> variables)
    {
        // What the variables hold now: they may have been assigned to before, in the same step.
        Tensor[] values = [.. variables.Select(v => Trace.Current!.Read(v.Cell))];
        Tensor value = loss() ?? throw new ArgumentException("The loss is null.", nameof(loss));
        if (value.Shape.Rank != 0 || !value.DType.IsFloating)
            throw new ArgumentException($"A loss is one floating-point number; received a tensor of shape {value.Shape} and type {value.DType}. Take its mean.", nameof(loss));
        return (value, Of(value, values));
    }
}
