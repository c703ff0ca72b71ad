using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Does one of two things, depending on a truth value.</summary>
    /// <remarks>
    /// With data only the function that is chosen is called. Where the value is known only when the program runs, both are called
    /// once, to be compiled, and one of them is run; what it assigns to variables is then assigned.
    /// </remarks>
    /// <param name="pred">A scalar; numbers other than zero are true.</param>
    /// <param name="trueFn">Gives the result if it is true.</param>
    /// <param name="falseFn">Gives the result if it is false.</param>
    /// <exception cref="ArgumentException"><paramref name="pred"/> is no scalar, or both functions are compiled and their results differ in structure, shape or type.</exception>
    public static Tensor Cond(Tensor pred, Func<Tensor> trueFn, Func<Tensor> falseFn) => Cond(pred, Structured(trueFn), Structured(falseFn))[0];

    /// <inheritdoc cref="Cond(Tensor, Func{Tensor}, Func{Tensor})"/>
    public static Tensors Cond(Tensor pred, Func<Tensors> trueFn, Func<Tensors> falseFn)
    {
        ArgumentNullException.ThrowIfNull(pred);
        ArgumentNullException.ThrowIfNull(trueFn);
        ArgumentNullException.ThrowIfNull(falseFn);
        return OpDispatch.CallStructured("Cond", new CallArguments([pred]), c =>
        {
            Tensor truth = InnerCalls.Truth("Cond", nameof(pred), (Tensor)c.Positional[0]!);
            if (truth is ConcreteTensor) return truth.Item<bool>() ? trueFn() : falseFn();
            return InnerCalls.Switch("Cond", PrimitiveOps.Convert(truth, DType.Int32), [(nameof(falseFn), falseFn), (nameof(trueFn), trueFn)]);
        });
    }

    /// <summary>Does one of two things for their effect on variables.</summary>
    /// <inheritdoc cref="Cond(Tensor, Func{Tensor}, Func{Tensor})"/>
    public static void Cond(Tensor pred, Action trueFn, Action falseFn)
    {
        ArgumentNullException.ThrowIfNull(trueFn);
        ArgumentNullException.ThrowIfNull(falseFn);
        _ = Cond(pred, Nothing(trueFn), Nothing(falseFn));

        static Func<Tensors> Nothing(Action action) => () =>
        {
            action();
            return [];
        };
    }

    /// <inheritdoc cref="Cond(Tensor, Func{Tensor}, Func{Tensor})"/>
    public static Tensor Cond(bool pred, Func<Tensor> trueFn, Func<Tensor> falseFn) => pred ? trueFn() : falseFn();

    /// <inheritdoc cref="Cond(Tensor, Func{Tensor}, Func{Tensor})"/>
    public static Tensors Cond(bool pred, Func<Tensors> trueFn, Func<Tensors> falseFn) => pred ? trueFn() : falseFn();

    /// <summary>Applies one of several functions to operands.</summary>
    /// <param name="index">An integer scalar, the number of the function; what is out of range is brought into it.</param>
    /// <param name="branches">The functions.</param>
    /// <param name="operands">What they are applied to.</param>
    /// <exception cref="ArgumentException">There is no function, the index is no integer scalar, or all functions are compiled and their results differ in structure, shape or type.</exception>
    public static Tensors Switch(Tensor index, IReadOnlyList<Func<Tensors, Tensors>> branches, Tensors operands)
    {
        ArgumentNullException.ThrowIfNull(index);
        ArgumentNullException.ThrowIfNull(branches);
        ArgumentNullException.ThrowIfNull(operands);
        if (branches.Count == 0 || branches.Contains(null!)) throw new ArgumentException("Switch: at least one function is given, and none is null.", nameof(branches));
        return OpDispatch.CallStructured("Switch", new CallArguments([index, operands]), c =>
        {
            Tensors given = c.Positional[1] as Tensors ?? (Tensor)c.Positional[1]!;
            Tensor number = (Tensor)c.Positional[0]!;
            if (number.DType.IsFloating || (number.Shape.IsKnown && number.Shape.Size != 1))
                throw new ArgumentException($"Switch: the index is an integer scalar, not a tensor of type {number.DType} and shape {number.Shape}.", nameof(index));
            number = Cast(PrimitiveOps.Reshape(number, Shape.Scalar), DType.Int32);
            if (number is ConcreteTensor) return branches[Math.Clamp(number.Item<int>(), 0, branches.Count - 1)](given);
            Tensor within = Minimum(Maximum(number, 0), branches.Count - 1);
            return InnerCalls.Switch("Switch", within, [.. branches.Select((b, i) => ($"branch {i}", (Func<Tensors>)(() => b(given))))]);
        });
    }

    /// <inheritdoc cref="Switch(Tensor, IReadOnlyList{Func{Tensors, Tensors}}, Tensors)"/>
    [OverloadResolutionPriority(1)]
    public static Tensor Switch(Tensor index, IReadOnlyList<Func<Tensor>> branches) =>
        Switch(index, [.. branches.Select(b => (Func<Tensors, Tensors>)(_ => b()))], Tensors.Create([]))[0];

    /// <param name="index">An integer scalar, the number of the function; what is out of range is brought into it.</param>
    /// <param name="branches">The functions.</param>
    /// <param name="operand">What they are applied to.</param>
    /// <inheritdoc cref="Switch(Tensor, IReadOnlyList{Func{Tensors, Tensors}}, Tensors)"/>
    [OverloadResolutionPriority(1)]
    public static Tensor Switch(Tensor index, IReadOnlyList<Func<Tensor, Tensor>> branches, Tensor operand) =>
        Switch(index, [.. branches.Select(b => (Func<Tensors, Tensors>)(t => b(t[0])))], Tensors.Create([operand]))[0];

    /// <param name="index">An integer scalar, the number of the function; what is out of range is brought into it.</param>
    /// <param name="branches">The functions.</param>
    /// <param name="operand1">Their first argument.</param>
    /// <param name="operand2">Their second argument.</param>
    /// <inheritdoc cref="Switch(Tensor, IReadOnlyList{Func{Tensors, Tensors}}, Tensors)"/>
    public static Tensor Switch(Tensor index, IReadOnlyList<Func<Tensor, Tensor, Tensor>> branches, Tensor operand1, Tensor operand2) =>
        Switch(index, [.. branches.Select(b => (Func<Tensors, Tensors>)(t => b(t[0], t[1])))], Tensors.Create([operand1, operand2]))[0];

    /// <param name="index">An integer scalar, the number of the function; what is out of range is brought into it.</param>
    /// <param name="branches">The functions.</param>
    /// <param name="operand1">Their first argument.</param>
    /// <param name="operand2">Their second argument.</param>
    /// <param name="operand3">Their third argument.</param>
    /// <inheritdoc cref="Switch(Tensor, IReadOnlyList{Func{Tensors, Tensors}}, Tensors)"/>
    public static Tensor Switch(Tensor index, IReadOnlyList<Func<Tensor, Tensor, Tensor, Tensor>> branches, Tensor operand1, Tensor operand2, Tensor operand3) =>
        Switch(index, [.. branches.Select(b => (Func<Tensors, Tensors>)(t => b(t[0], t[1], t[2])))], Tensors.Create([operand1, operand2, operand3]))[0];

    private static Func<Tensors> Structured(Func<Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return () => function();
    }

    private static Func<Tensors, Tensors> Structured(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return t => function(t[0]);
    }
}
