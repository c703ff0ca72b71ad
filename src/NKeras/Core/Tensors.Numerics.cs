using Numerics = System.Numerics.Tensors;

namespace NKeras;

/// <content>Conversions from .NET's own tensors, whose memory is shared.</content>
public sealed partial class Tensors
{
    /// <summary>One tensor of type float32, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<float> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type float64, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<double> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type float16, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<Half> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type int8, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<sbyte> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type int16, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<short> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type int32, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<int> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type int64, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<long> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type uint8, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<byte> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type uint16, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<ushort> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type uint32, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<uint> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type uint64, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<ulong> values) => Tensor.Wrap(values);

    /// <summary>One tensor of type bool, without copying it.</summary>
    public static implicit operator Tensors(Numerics.Tensor<bool> values) => Tensor.Wrap(values);
}
