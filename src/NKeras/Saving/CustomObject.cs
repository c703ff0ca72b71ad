namespace NKeras.Saving;

/// <summary>A class or function of one's own that a file can name: both convert to it.</summary>
public sealed class CustomObject
{
    private CustomObject(Type? type, Delegate? function) => (Type, Function) = (type, function);

    internal Type? Type { get; }

    internal Delegate? Function { get; }

    /// <summary>A class.</summary>
    public static implicit operator CustomObject(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new CustomObject(type, null);
    }

    /// <summary>A function: one of <see cref="TensorFunction"/> and the other delegates that layers, losses and metrics take.</summary>
    public static implicit operator CustomObject(Delegate function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new CustomObject(null, function);
    }
}
