namespace NKeras.Initializers;

/// <summary>Makes the first value of a variable (<c>keras.initializers.Initializer</c>). A Keras name converts implicitly.</summary>
public abstract class Initializer
{
    /// <summary>A tensor of initial values.</summary>
    /// <param name="shape">The dimensions, all known.</param>
    /// <param name="dtype">The element type; float32 if omitted.</param>
    // Keras: initializers are called like functions; C# has no call operator.
    public abstract Tensor Apply(Shape shape, DType? dtype = null);

    /// <summary>The initializer with a Keras name, such as <c>"glorot_uniform"</c>.</summary>
    /// <exception cref="ArgumentException">There is no such initializer; the message suggests the nearest name.</exception>
    public static implicit operator Initializer(string name) => InitializerNames.Get(name);
}
