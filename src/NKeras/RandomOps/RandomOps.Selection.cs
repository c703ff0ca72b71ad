using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class RandomOps
{
    /// <summary>Elements kept with probability 1 - rate and scaled up by 1 / (1 - rate), the others zero.</summary>
    /// <param name="inputs">The tensor.</param>
    /// <param name="rate">The share that becomes zero, from 0 to 1.</param>
    /// <param name="noiseShape">The shape of the mask, which is broadcast; null takes the input's dimension. The input's shape if omitted.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or the noise shape does not broadcast to the input's.</exception>
    public static Tensor Dropout(Tensor inputs, double rate, Shape? noiseShape = null, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (!(rate is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "The dropout rate is a number between 0 and 1.");
        // Keras: fails on symbolic tensors with an error of the backend; random functions are no steps of models there either.
        if (inputs is KerasTensor) throw new ArgumentException("RandomOps.Dropout takes data. In a model use the layer: new Dropout(rate).Apply(x).", nameof(inputs));
        Shape mask = NoiseShape(inputs.Shape, noiseShape);
        if (rate == 0) return inputs;
        if (inputs is SparseTensor sparse && noiseShape is null) return sparse.WithValues(Dropout(sparse.Values, rate, null, seed));
        if (inputs is RaggedTensor ragged && noiseShape is null) return ragged.WithValues(Dropout(ragged.Values, rate, null, seed));
        CompositeRules.Refuse("Dropout with a noise shape", [inputs]);
        Tensor zero = PrimitiveOps.ScalarLike(inputs, 0);
        if (rate == 1) return PrimitiveOps.Where(PrimitiveOps.Scalar(DType.Bool, 0), inputs, zero); // Not a product: 0 · ∞ is no zero.
        // Rounding may give exactly one here, which is kept like every number above the rate; no need to cut bits off.
        Tensor bits = PrimitiveOps.Convert(new RandomBits(new IntList(mask.Dims)).Apply(RandomSeed.Draw(seed, nameof(Dropout), mask)), DType.Float32);
        Tensor keep = PrimitiveOps.Binary(ElementwiseFunction.GreaterEqual, bits, PrimitiveOps.ScalarLike(bits, (float)(rate * uint.MaxValue)));
        Tensor scaled = PrimitiveOps.Convert(Times(Promotion.ToFloating(inputs), 1 / (1 - rate)), inputs.DType);
        return PrimitiveOps.Where(keep, scaled, zero);
    }

    /// <summary>The slices along an axis in random order. Gradients find their way back.</summary>
    /// <param name="x">The tensor.</param>
    /// <param name="axis">The axis.</param>
    /// <param name="seed">Where randomness comes from; the program's global sequence if omitted.</param>
    /// <exception cref="ArgumentException">There is no such axis.</exception>
    // Keras: on TensorFlow slices stay together, as here; on other backends (on torch along axes past the first) each line along
    // the axis gets an order of its own.
    public static Tensor Shuffle(Tensor x, int axis = 0, RandomSeed? seed = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        RefuseSymbolic(nameof(Shuffle), nameof(x), x);
        axis = x.Shape.Axis(axis);
        Tensor order = new RandomPermutation(x.Shape.Dims[axis]).Apply(RandomSeed.Draw(seed, nameof(Shuffle), x.Shape));
        return new Gather(axis).Apply(x, order);
    }

    private static Shape NoiseShape(Shape input, Shape? noise)
    {
        if (noise is null) return input;
        bool fits = noise.Rank == input.Rank && Enumerable.Range(0, noise.Rank).All(i => noise[i] is null or 1 || input[i] == null || noise[i] == input[i]);
        if (!fits) throw new ArgumentException($"The dropout noise shape {noise} does not fit an input of shape {input}: it has the input's rank, and each dimension is the input's, 1, or null.", nameof(noise));
        return new Shape([.. noise.Select((d, i) => d ?? input.Dims[i])]);
    }
}
