using System.Runtime.CompilerServices;
using NKeras.Core;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Gives a function a gradient of its own, where the one that follows from its definition is slow or inaccurate.</summary>
    /// <param name="f">Takes the argument; gives the result, and a function that takes the gradient of the result and gives that of the argument.</param>
    /// <returns>The function, which gives the same result; no gradient flows to variables or tensors that it uses besides its argument.</returns>
    /// <exception cref="ArgumentException">When the function is called: the gradient has another shape than the argument.</exception>
    // Keras: the gradient's function may also take the arguments, as PyTorch's must. Here it uses those of f.
    public static Func<Tensor, Tensor> CustomGradient(Func<Tensor, (Tensor Output, Func<Tensor, Tensor> Gradient)> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Func<Tensors, Tensors> custom = CustomGradient((Tensors x) =>
        {
            (Tensor output, Func<Tensor, Tensor> gradient) = f(x[0]);
            return ((Tensors)output, (Func<Tensors, Tensors>)(upstream => gradient(upstream[0])));
        });
        return x => custom(x)[0];
    }

    /// <inheritdoc cref="CustomGradient(Func{Tensor, ValueTuple{Tensor, Func{Tensor, Tensor}}})"/>
    public static Func<Tensor, Tensor, Tensor> CustomGradient(Func<Tensor, Tensor, (Tensor Output, Func<Tensor, (Tensor First, Tensor Second)> Gradient)> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        Func<Tensors, Tensors> custom = CustomGradient((Tensors x) =>
        {
            (Tensor output, Func<Tensor, (Tensor, Tensor)> gradient) = f(x[0], x[1]);
            return ((Tensors)output, (Func<Tensors, Tensors>)(upstream => gradient(upstream[0])));
        });
        return (a, b) => custom((a, b))[0];
    }

    /// <inheritdoc cref="CustomGradient(Func{Tensor, ValueTuple{Tensor, Func{Tensor, Tensor}}})"/>
    public static Func<Tensors, Tensors> CustomGradient(Func<Tensors, (Tensors Output, Func<Tensors, Tensors> Gradient)> f)
    {
        ArgumentNullException.ThrowIfNull(f);
        return x => OpDispatch.CallStructured("CustomGradient", new CallArguments([x]), c => UserGradients.Attach(f, c.Inputs));
    }

    /// <summary>A function's result, and how it changes as its argument is moved in a direction (the product of the Jacobian with a vector).</summary>
    /// <param name="fun">The function.</param>
    /// <param name="primals">The argument.</param>
    /// <param name="tangents">The direction, of the argument's shape.</param>
    /// <exception cref="ArgumentException">Arguments and directions differ in number or shape.</exception>
    [OverloadResolutionPriority(1)]
    public static (Tensor PrimalsOut, Tensor TangentsOut) Jvp(Func<Tensor, Tensor> fun, Tensor primals, Tensor tangents)
    {
        (Tensors outputs, Tensors directions, _) = UserGradients.Jvp(Alone(Structured(fun)), primals, tangents, hasAux: false);
        return (outputs[0], directions[0]);
    }

    /// <inheritdoc cref="Jvp(Func{Tensor, Tensor}, Tensor, Tensor)"/>
    public static (Tensor PrimalsOut, Tensor TangentsOut) Jvp(Func<Tensor, Tensor, Tensor> fun, (Tensor First, Tensor Second) primals, (Tensor First, Tensor Second) tangents)
    {
        ArgumentNullException.ThrowIfNull(fun);
        (Tensors outputs, Tensors directions, _) = UserGradients.Jvp(t => (fun(t[0], t[1]), null), primals, tangents, hasAux: false);
        return (outputs[0], directions[0]);
    }

    /// <inheritdoc cref="Jvp(Func{Tensor, Tensor}, Tensor, Tensor)"/>
    public static (Tensors PrimalsOut, Tensors TangentsOut) Jvp(Func<Tensors, Tensors> fun, Tensors primals, Tensors tangents)
    {
        (Tensors outputs, Tensors directions, _) = UserGradients.Jvp(Alone(fun), primals, tangents, hasAux: false);
        return (outputs, directions);
    }

    /// <summary>The same for a function that gives a second result, which is passed on as it is.</summary>
    /// <param name="fun">The function.</param>
    /// <param name="primals">The argument.</param>
    /// <param name="tangents">The direction, of the argument's shape.</param>
    /// <param name="hasAux">Says that there is a second result: true.</param>
    /// <exception cref="ArgumentException"><paramref name="hasAux"/> is false, or arguments and directions differ in number or shape.</exception>
    // Keras: tells by the flag alone which of the forms the function has; here its type does.
    [OverloadResolutionPriority(1)]
    public static (Tensor PrimalsOut, Tensor TangentsOut, Tensor Aux) Jvp(Func<Tensor, (Tensor Output, Tensor Aux)> fun, Tensor primals, Tensor tangents, bool hasAux)
    {
        ArgumentNullException.ThrowIfNull(fun);
        CheckHasAux(hasAux);
        (Tensors outputs, Tensors directions, Tensors? aux) = UserGradients.Jvp(t => fun(t[0]) is var (output, other) ? (output, (Tensors)other) : default, primals, tangents, hasAux);
        return (outputs[0], directions[0], aux![0]);
    }

    /// <inheritdoc cref="Jvp(Func{Tensor, ValueTuple{Tensor, Tensor}}, Tensor, Tensor, bool)"/>
    public static (Tensors PrimalsOut, Tensors TangentsOut, Tensors Aux) Jvp(Func<Tensors, (Tensors Output, Tensors Aux)> fun, Tensors primals, Tensors tangents, bool hasAux)
    {
        ArgumentNullException.ThrowIfNull(fun);
        CheckHasAux(hasAux);
        (Tensors outputs, Tensors directions, Tensors? aux) = UserGradients.Jvp(t => fun(t), primals, tangents, hasAux);
        return (outputs, directions, aux!);
    }

    private static Func<Tensors, (Tensors, Tensors?)> Alone(Func<Tensors, Tensors> fun)
    {
        ArgumentNullException.ThrowIfNull(fun);
        return t => (fun(t), null);
    }

    private static void CheckHasAux(bool hasAux)
    {
        if (!hasAux) throw new ArgumentException("Jvp: the function gives two results, so hasAux is true. Leave it out for a function that gives one.", nameof(hasAux));
    }
}
