using NKeras.Core;
using NKeras.Engine;
using NKeras.Engine.Primitives;

namespace NKeras;

/// <summary>
/// Random tensors (<c>keras.random</c>). What a function gives depends on the seed, the shape and the parameters only, never on the
/// number of threads.
/// </summary>
/// <remarks>
/// Parameters of distributions may be tensors that stretch to the shape asked for. None takes symbolic tensors, as in Keras: within a
/// model random numbers are drawn in the <c>Call</c> of a layer.
/// </remarks>
public static partial class RandomOps
{
    /// <summary>The key split into several that have nothing to do with each other.</summary>
    private static Tensor[] Split(Tensor key, int count)
    {
        Tensor bits = new RandomBits([2 * count]).Apply(key);
        return [.. Enumerable.Range(0, count).Select(i => new Slice([2 * i], [(2 * i) + 2], [1]).Apply(bits))];
    }

    /// <summary>Numbers in [0, 1), in float64 for that type and in float32 for others: with as many bits as the type holds exactly.</summary>
    private static Tensor Unit(Shape shape, Tensor key, DType type)
    {
        if (type == DType.Float64)
        {
            Tensor[] keys = Split(key, 2);
            return Times(Plus(Times(UpperBits(shape, keys[0], 27, type), 1 << 26), UpperBits(shape, keys[1], 26, type)), 1.0 / (1L << 53));
        }

        int bits = type == DType.Float32 ? 24 : type == DType.Float16 ? 11 : 8;
        return Times(UpperBits(shape, key, bits, DType.Float32), 1.0 / (1 << bits));
    }

    private static Tensor UpperBits(Shape shape, Tensor key, int count, DType type)
    {
        Tensor bits = new RandomBits(new IntList(shape.Dims)).Apply(key);
        return PrimitiveOps.Convert(PrimitiveOps.Binary(ElementwiseFunction.RightShift, bits, PrimitiveOps.ScalarLike(bits, 32 - count)), type);
    }

    private static Tensor Plus(Tensor a, Tensor b) => PrimitiveOps.Binary(ElementwiseFunction.Add, a, b);

    private static Tensor Times(Tensor a, Tensor b) => PrimitiveOps.Binary(ElementwiseFunction.Multiply, a, b);

    private static Tensor Times(Tensor a, double b) => Times(a, PrimitiveOps.ScalarLike(a, b));

    /// <summary>The type of floating-point numbers asked for.</summary>
    private static DType Floating(string function, DType? dtype)
    {
        DType type = dtype ?? Config.Floatx();
        return type.IsFloating ? type : throw new ArgumentException($"{function} gives numbers of a floating-point type, not {type}.", nameof(dtype));
    }

    /// <summary>In which type numbers of a type are computed.</summary>
    private static DType Computing(DType type) => type == DType.Float64 ? type : DType.Float32;

    /// <summary>A distribution's parameter in the type computed with.</summary>
    /// <exception cref="ArgumentException">It is symbolic, does not stretch to the shape, or holds a number that no distribution has.</exception>
    private static Tensor Parameter(string function, string name, Tensor value, Shape shape, DType type, Func<double, bool>? isValid = null, string rule = "")
    {
        ArgumentNullException.ThrowIfNull(value, name);
        RefuseSymbolic(function, name, value);
        if (value.Rank > shape.Rank || !Broadcasting.Result(function, [value.Spec, value.Spec with { Shape = shape }]).IsCompatibleWith(shape))
            throw new ArgumentException($"{function}: {name} of shape {value.Shape} does not stretch to the shape {shape} asked for.", name);
        Tensor converted = Promotion.As(value, type);
        if (isValid != null && converted is ConcreteTensor)
        {
            foreach (double number in PrimitiveOps.Convert(converted, DType.Float64).ToArray<double>())
            {
                if (!isValid(number)) throw new ArgumentOutOfRangeException(name, number, $"{function}: {name} {rule}.");
            }
        }

        return converted;
    }

    /// <summary>A parameter of what is drawn one by one: a scalar, or of the shape asked for.</summary>
    private static Tensor Stretched(Tensor parameter, Shape shape) => parameter.Rank == 0 ? parameter : PrimitiveOps.BroadcastTo(parameter, shape);

    private static void RefuseSymbolic(string function, string name, Tensor value)
    {
        // Keras: fails on symbolic tensors with an error of the backend; random functions are no steps of models there either.
        if (value is KerasTensor) throw new ArgumentException($"RandomOps.{function} takes data, not symbolic tensors. In a model draw random numbers in the Call of a layer of your own.", name);
        CompositeRules.Refuse(function, [value]);
    }
}
