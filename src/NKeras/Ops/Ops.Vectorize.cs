using NKeras.Core;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Makes a function of scalars, or of tensors of few dimensions, one of tensors with any dimensions before those, which are broadcast.</summary>
    /// <param name="pyfunc">The function.</param>
    /// <param name="excluded">The positions of arguments that are passed on as they are.</param>
    /// <param name="signature">The dimensions that the function works on, such as <c>"(m,n),(n)->(m)"</c>; it works on scalars if null.</param>
    /// <returns>The function, which throws an <see cref="ArgumentException"/> where arguments or results do not fit the signature.</returns>
    /// <exception cref="ArgumentException">The signature is malformed.</exception>
    public static Func<Tensor, Tensor> Vectorize(Func<Tensor, Tensor> pyfunc, IReadOnlyCollection<int>? excluded = null, string? signature = null)
    {
        ArgumentNullException.ThrowIfNull(pyfunc);
        Func<Tensors, Tensors> vectorized = Vectorize((Tensors t) => (Tensors)pyfunc(t[0]), excluded, signature);
        return x => vectorized(Tensors.Create([x]))[0];
    }

    /// <inheritdoc cref="Vectorize(Func{Tensor, Tensor}, IReadOnlyCollection{int}?, string?)"/>
    public static Func<Tensor, Tensor, Tensor> Vectorize(Func<Tensor, Tensor, Tensor> pyfunc, IReadOnlyCollection<int>? excluded = null, string? signature = null)
    {
        ArgumentNullException.ThrowIfNull(pyfunc);
        Func<Tensors, Tensors> vectorized = Vectorize((Tensors t) => (Tensors)pyfunc(t[0], t[1]), excluded, signature);
        return (a, b) => vectorized(Tensors.Create([a, b]))[0];
    }

    /// <inheritdoc cref="Vectorize(Func{Tensor, Tensor}, IReadOnlyCollection{int}?, string?)"/>
    public static Func<Tensor, Tensor, Tensor, Tensor> Vectorize(Func<Tensor, Tensor, Tensor, Tensor> pyfunc, IReadOnlyCollection<int>? excluded = null, string? signature = null)
    {
        ArgumentNullException.ThrowIfNull(pyfunc);
        Func<Tensors, Tensors> vectorized = Vectorize((Tensors t) => (Tensors)pyfunc(t[0], t[1], t[2]), excluded, signature);
        return (a, b, c) => vectorized(Tensors.Create([a, b, c]))[0];
    }

    /// <inheritdoc cref="Vectorize(Func{Tensor, Tensor}, IReadOnlyCollection{int}?, string?)"/>
    public static Func<Tensors, Tensors> Vectorize(Func<Tensors, Tensors> pyfunc, IReadOnlyCollection<int>? excluded = null, string? signature = null)
    {
        ArgumentNullException.ThrowIfNull(pyfunc);
        return new VectorizedFunction(pyfunc, excluded ?? [], signature).Apply;
    }
}
