using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras;

/// <summary>Gradients for steps of training of one's own, in the manner of <c>jax.value_and_grad</c>.</summary>
// Keras: leaves gradients to its backends; this is what they have in common.
public static class Gradients
{
    /// <summary>The programs of functions that were called outside a step, by one of the variables, whose life they share.</summary>
    private static readonly ConditionalWeakTable<StateCell, ProgramCache> s_programs = [];

    /// <summary>Computes a loss and how it changes with each of some variables.</summary>
    /// <remarks>
    /// Gradients lead through what the function does, with what the variables hold when it is called; tensors computed before are constants to it.
    /// Within a compiled step (<see cref="Model.TrainStep"/>, <see cref="CompiledFunction"/>) both become part of it. Anywhere else the function is
    /// traced at every call, and compiled unless it does the same as before with other data of the same shapes. A loop that matters belongs into a
    /// compiled step.
    /// </remarks>
    /// <param name="loss">Computes the loss, a scalar, from the variables.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>The loss, and a gradient for each variable; null where the loss does not depend on it.</returns>
    /// <exception cref="ArgumentException">The loss is not a floating-point scalar.</exception>
    /// <example><code>
    /// var (loss, gradients) = Gradients.ValueAndGrad(() =&gt; Ops.Mean(Ops.Square(model.Apply(x) - y)), model.TrainableVariables);
    /// optimizer.Apply(gradients, model.TrainableVariables);
    /// </code></example>
    public static (Tensor Value, Tensor?[] Gradients) ValueAndGrad(Func<Tensor> loss, IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(loss);
        (Tensor value, _, Tensor?[] gradients) = ValueAndGrad(() => (loss(), []), variables);
        return (value, gradients);
    }

    /// <summary>The same with results besides the loss, such as predictions that metrics are to see (JAX's <c>has_aux</c>).</summary>
    /// <param name="loss">Computes the loss, a scalar, and what else is wanted.</param>
    /// <param name="variables">The variables.</param>
    /// <returns>The loss, the other results, and a gradient for each variable; null where the loss does not depend on it.</returns>
    /// <exception cref="ArgumentException">The loss is not a floating-point scalar.</exception>
    /// <example><code>
    /// var (loss, logits, gradients) = Gradients.ValueAndGrad(() =&gt;
    /// {
    ///     Tensor logits = model.Apply(x, training: true);
    ///     return (lossFn.Apply(y, logits), logits);
    /// }, model.TrainableVariables);
    /// accuracy.UpdateState(y, logits[0]);
    /// </code></example>
    public static (Tensor Value, Tensors Results, Tensor?[] Gradients) ValueAndGrad(Func<(Tensor Loss, Tensors Results)> loss, IReadOnlyList<Variable> variables)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(variables);
        if (Trace.Current != null) return Traced(loss, variables);
        FunctionResult? result = null;
        bool[] depends = [];
        Tensor[] parts = ProgramsOf(variables).Run(() =>
        {
            (Tensor value, Tensors results, Tensor?[] gradients) = Traced(loss, variables);
            depends = [.. gradients.Select(g => g is not null)];
            result = new FunctionResult(results);
            return [value, .. gradients.OfType<Tensor>(), .. result.Parts(results)];
        });
        int next = 1;
        Tensor?[] all = [.. depends.Select(d => d ? parts[next++] : null)];
        return (parts[0], result!.Assemble(parts[next..]), all);
    }

    /// <summary>The gradients of a traced scalar with respect to traced tensors.</summary>
    internal static Tensor?[] Of(Tensor loss, IReadOnlyList<Tensor> wrt) =>
        Differentiation.Pullback([loss], [Ops.Ones(Shape.Scalar, loss.DType)], wrt);

    private static ProgramCache ProgramsOf(IReadOnlyList<Variable> variables) => variables.Count > 0 ? s_programs.GetValue(variables[0].Cell, _ => new ProgramCache()) : new ProgramCache();

    private static (Tensor Value, Tensors Results, Tensor?[] Gradients) Traced(Func<(Tensor Loss, Tensors Results)> loss, IReadOnlyList<Variable> variables)
    {
        Tensor value = null!;
        Tensors results = [];
        Tensor[] points = Trace.Current!.Differentiable([.. variables.Select(v => v.Cell)], () => (value, results) = loss());
        if (value is null) throw new ArgumentException("The loss is null.", nameof(loss));
        if (value.Shape.Rank != 0 || !value.DType.IsFloating)
            throw new ArgumentException($"A loss is one floating-point number; received a tensor of shape {value.Shape} and type {value.DType}. Take its mean.", nameof(loss));
        return (value, results ?? [], Of(value, points));
    }
}
