using NKeras;
using NKeras.Core;
using NKeras.Layers;

namespace DocumentationExamples;

/// <summary>The examples of the guide "Understanding masking &amp; padding" that need no recurrent layer.</summary>
public sealed class MaskingGuideTests
{
    private static readonly Tensor s_padded = new[,]
    {
        { 711, 632, 71, 0, 0, 0 },
        { 73, 8, 3215, 55, 927, 0 },
        { 83, 91, 1, 645, 1253, 927 },
    };

    private static readonly bool[] s_mask =
    [
        true, true, true, false, false, false,
        true, true, true, true, true, false,
        true, true, true, true, true, true,
    ];

    [Fact]
    public void LayersThatMakeMasks()
    {
        var embedding = new Embedding(inputDim: 5000, outputDim: 16, maskZero: true);
        var maskedOutput = embedding.Apply(s_padded);
        Assert.Equal(s_mask, KerasMask.Of(maskedOutput)!.ToArray<bool>());

        var maskingLayer = new Masking();
        // As if an embedding had looked ten features up.
        var unmaskedEmbedding = Ops.Cast(Ops.BroadcastTo(Ops.ExpandDims(s_padded, axis: -1), [3, 6, 10]), "float32");
        var maskedEmbedding = maskingLayer.Apply(unmaskedEmbedding);
        Assert.Equal(s_mask, KerasMask.Of(maskedEmbedding)!.ToArray<bool>());
    }

    [Fact]
    public void MasksTravelThroughModels()
    {
        #region mask propagation
        var inputs = new Input(shape: [null], dtype: "int32");
        var x = new Embedding(inputDim: 5000, outputDim: 16, maskZero: true).Apply(inputs);
        x = new MyActivation().Apply(x); // Passes the mask on.
        var outputs = new GlobalAveragePooling1D().Apply(x); // Takes it: zeros do not count.
        var model = new Model(inputs, outputs);
        #endregion

        Tensor words = new[,] { { 5, 7, 0, 0 } }, withoutPadding = new[,] { { 5, 7 } };
        Assert.Equal(model.Predict(withoutPadding, verbose: 0).ToArray<float>(), model.Predict(words, verbose: 0).ToArray<float>());
        Assert.Equal([3, 16], model.Predict(s_padded, verbose: 0).Shape);
    }

    [Fact]
    public void MasksGivenByHand()
    {
        MyLayer layer = new();
        Tensor words = new[,] { { 5, 7, 0, 0 } }, withoutPadding = new[,] { { 5, 7 } };
        Assert.Equal(layer.Apply(withoutPadding).ToArray<float>(), layer.Apply(words).ToArray<float>());
    }

    [Fact]
    public void ALayerThatChangesTheMask()
    {
        Tensor embedded = new Embedding(5000, 10, maskZero: true).Apply(s_padded);
        var (firstHalf, secondHalf) = new TemporalSplit().ApplyAll(embedded);
        Assert.Equal([3, 3, 10], secondHalf.Shape);
        Assert.Equal([true, true, true, true, true, true, true, true, true], KerasMask.Of(firstHalf)!.ToArray<bool>());
        Assert.Equal([false, false, false, true, true, false, true, true, true], KerasMask.Of(secondHalf)!.ToArray<bool>());
    }

    [Fact]
    public void ALayerThatMakesAMask()
    {
        #region make a mask
        var layer = new CustomEmbedding(10, 32, maskZero: true);
        Tensor x = new[,] { { 1, 0, 2 }, { 0, 0, 9 } };

        var y = layer.Apply(x);
        var mask = layer.ComputeMask(x);
        #endregion

        Assert.Equal([2, 3, 32], y.Shape);
        Assert.Equal([true, false, true, false, false, true], mask!.ToArray<bool>());
        Assert.Equal([true, false, true, false, false, true], KerasMask.Of(y)!.ToArray<bool>());
        Assert.Null(new CustomEmbedding(10, 32).ComputeMask(x));
    }

    [Fact]
    public void ALayerThatTakesAMask()
    {
        #region take a mask
        var inputs = new Input(shape: [null], dtype: "int32");
        var x = new Embedding(inputDim: 10, outputDim: 32, maskZero: true).Apply(inputs);
        x = new Dense(1).Apply(x);
        var outputs = new TemporalSoftmax().Apply(x);
        var model = new Model(inputs, outputs);
        #endregion

        Tensor y = model.Predict(new[,] { { 3, 4, 0 } }, verbose: 0);
        Assert.Equal([1f, 1, 0], Ops.Where(Ops.Equal(y, y), y, 0f).ToArray<float>());
    }

    #region pass a mask on
    public class MyActivation : Layer
    {
        public MyActivation() => SupportsMasking = true; // The mask of the result is that of the input.

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Relu(inputs);
    }
    #endregion

    #region mask argument
    public class MyLayer : Layer
    {
        private readonly Embedding _embedding = new(inputDim: 5000, outputDim: 16, maskZero: true);
        private readonly GlobalAveragePooling1D _pooling = new();

        public override Tensor Call(Tensor inputs, bool training = false)
        {
            var x = _embedding.Apply(inputs);
            // Any tensor of booleans will do, of shape (batch, steps).
            var mask = _embedding.ComputeMask(inputs);
            return _pooling.Apply(x, mask: mask);
        }
    }
    #endregion

    #region custom embedding
    public class CustomEmbedding(int inputDim, int outputDim, bool maskZero = false) : Layer
    {
        private Variable? _embeddings;

        public override void Build(Shape inputShape) =>
            _embeddings = AddWeight(shape: [inputDim, outputDim], initializer: "random_normal", dtype: "float32");

        public override Tensor Call(Tensor inputs, bool training = false) => Ops.Take(_embeddings!, Ops.Cast(inputs, "int32"), axis: 0);

        public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask = null) => maskZero ? Ops.NotEqual(inputs, 0) : null;
    }
    #endregion

    #region temporal softmax
    public class TemporalSoftmax : Layer
    {
        public TemporalSoftmax() => SupportsMasking = true;

        public override Tensor Call(Tensor inputs, bool training, Tensor? mask)
        {
            ArgumentNullException.ThrowIfNull(mask);
            var broadcastMask = Ops.ExpandDims(Ops.Cast(mask, "float32"), axis: -1);
            var exponentials = Ops.Exp(inputs) * broadcastMask;
            var sum = Ops.Sum(exponentials * broadcastMask, axis: -1, keepdims: true);
            return exponentials / sum;
        }
    }
    #endregion

    // Splits a tensor along the time axis in two.
    private sealed class TemporalSplit : Layer
    {
        public override Tensors Call(Tensors inputs, bool training) => Split(inputs[0]);

        // Splits the mask, too, if there is one.
        public override Tensors? ComputeMask(Tensors inputs, Tensors? previousMask = null) => previousMask == null ? null : Split(previousMask[0]);

        private static Tensors Split(Tensor x)
        {
            int half = x.Shape[1]!.Value / 2;
            return (x[.., ..half], x[.., half..]);
        }
    }
}
