using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Applies a function again and again, as long as a condition holds.</summary>
    /// <remarks>
    /// The functions are compiled once. With a maximum of iterations the loop has a gradient, for which all of them are gone through;
    /// without one, asking for the gradient is an error.
    /// </remarks>
    /// <param name="cond">Whether to go on: a scalar.</param>
    /// <param name="body">Gives the next value, of the same shape and type.</param>
    /// <param name="loopVars">The first value.</param>
    /// <param name="maximumIterations">The most iterations; any number if null.</param>
    /// <exception cref="ArgumentException">The value changes its structure, shape or type, or the condition is no scalar.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor WhileLoop(Func<Tensor, Tensor> cond, Func<Tensor, Tensor> body, Tensor loopVars, int? maximumIterations = null)
    {
        ArgumentNullException.ThrowIfNull(cond);
        return WhileLoop((Tensors t) => cond(t[0]), Structured(body), loopVars, maximumIterations)[0];
    }

    /// <inheritdoc cref="WhileLoop(Func{Tensor, Tensor}, Func{Tensor, Tensor}, Tensor, int?)"/>
    public static Tensors WhileLoop(Func<Tensors, Tensor> cond, Func<Tensors, Tensors> body, Tensors loopVars, int? maximumIterations = null)
    {
        ArgumentNullException.ThrowIfNull(cond);
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(loopVars);
        return OpDispatch.CallStructured(
            "WhileLoop",
            new CallArguments([loopVars]),
            c => Loops.While("WhileLoop", cond, body, c.Inputs, maximumIterations),
            ("cond", cond),
            ("body", body),
            ("maximum_iterations", maximumIterations));
    }

    /// <inheritdoc cref="WhileLoop(Func{Tensor, Tensor}, Func{Tensor, Tensor}, Tensor, int?)"/>
    public static (Tensor First, Tensor Second) WhileLoop(
        Func<Tensor, Tensor, Tensor> cond, Func<Tensor, Tensor, (Tensor First, Tensor Second)> body, (Tensor First, Tensor Second) loopVars, int? maximumIterations = null)
    {
        ArgumentNullException.ThrowIfNull(cond);
        ArgumentNullException.ThrowIfNull(body);
        Tensors last = WhileLoop(
            (Tensors t) => cond(t[0], t[1]),
            t => body(t[0], t[1]),
            (Tensors)loopVars,
            maximumIterations);
        return (last[0], last[1]);
    }

    /// <inheritdoc cref="WhileLoop(Func{Tensor, Tensor}, Func{Tensor, Tensor}, Tensor, int?)"/>
    public static (Tensor First, Tensor Second, Tensor Third) WhileLoop(
        Func<Tensor, Tensor, Tensor, Tensor> cond,
        Func<Tensor, Tensor, Tensor, (Tensor First, Tensor Second, Tensor Third)> body,
        (Tensor First, Tensor Second, Tensor Third) loopVars,
        int? maximumIterations = null)
    {
        ArgumentNullException.ThrowIfNull(cond);
        ArgumentNullException.ThrowIfNull(body);
        Tensors last = WhileLoop(
            (Tensors t) => cond(t[0], t[1], t[2]),
            t => body(t[0], t[1], t[2]),
            (Tensors)loopVars,
            maximumIterations);
        return (last[0], last[1], last[2]);
    }

    /// <summary>Applies a function for each number of a range to what it gave for the number before.</summary>
    /// <remarks>The function is compiled once. With bounds that are numbers the loop has a gradient.</remarks>
    /// <param name="lower">The first number.</param>
    /// <param name="upper">The end of the range, which is not in it.</param>
    /// <param name="bodyFun">Takes the number, an int32 scalar, and the value; gives the next value, of the same shape and type.</param>
    /// <param name="initVal">The first value.</param>
    /// <exception cref="ArgumentException">The bounds are no integer scalars, or the value changes its structure, shape or type.</exception>
    [OverloadResolutionPriority(1)]
    public static Tensor ForiLoop(Tensor lower, Tensor upper, Func<Tensor, Tensor, Tensor> bodyFun, Tensor initVal)
    {
        ArgumentNullException.ThrowIfNull(bodyFun);
        return ForiLoop(lower, upper, (i, t) => (Tensors)bodyFun(i, t[0]), (Tensors)initVal)[0];
    }

    /// <inheritdoc cref="ForiLoop(Tensor, Tensor, Func{Tensor, Tensor, Tensor}, Tensor)"/>
    public static Tensors ForiLoop(Tensor lower, Tensor upper, Func<Tensor, Tensors, Tensors> bodyFun, Tensors initVal)
    {
        ArgumentNullException.ThrowIfNull(lower);
        ArgumentNullException.ThrowIfNull(upper);
        ArgumentNullException.ThrowIfNull(bodyFun);
        ArgumentNullException.ThrowIfNull(initVal);
        return OpDispatch.CallStructured("ForiLoop", new CallArguments([initVal, lower, upper]), c =>
        {
            Tensor from = Bound((Tensor)c.Positional[1]!, nameof(lower)), to = Bound((Tensor)c.Positional[2]!, nameof(upper));
            Tensors init = c.Inputs;
            if (from is ConcreteTensor && to is ConcreteTensor)
            {
                int first = from.Item<int>(), count = (int)Math.Clamp((long)to.Item<int>() - first, 0, int.MaxValue);
                if (count == 0) return init;
                Tensor numbers = Tensor.From<int>([.. Enumerable.Range(first, count)]);
                return Loops.Scan("ForiLoop", (carry, i) => (bodyFun(i![0], carry), null), init, numbers, null, reverse: false).Carry;
            }

            Tensors last = Loops.While("ForiLoop", t => t[0] < to, t => [t[0] + 1, .. bodyFun(t[0], init.With([.. t.Skip(1)]))], [from, .. init], null);
            return init.With([.. last.Skip(1)]);
        });
    }

    private static Tensor Bound(Tensor bound, string name) =>
        !bound.DType.IsFloating && bound.DType != DType.Bool && bound.Rank == 0
            ? PrimitiveOps.Convert(bound, DType.Int32)
            : throw new ArgumentException($"ForiLoop: {name} is an integer scalar, not a tensor of type {bound.DType} and shape {bound.Shape}.", name);
}
