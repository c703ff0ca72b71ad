using NKeras.Core;

namespace NKeras.Layers;

public abstract partial class Layer
{
    /// <summary>
    /// Whether <c>Call</c> gets ragged tensors as they are. Otherwise rows are filled up to one length, and a mask says which
    /// steps are there. A layer of the user's own gets them, as in Keras.
    /// </summary>
    private protected virtual bool TakesRagged => GetType().Assembly != typeof(Layer).Assembly;

    /// <summary>The arguments with ragged tensors filled up, unless the layer takes them.</summary>
    private CallArguments FillUpRows(CallArguments arguments)
    {
        Tensors inputs = arguments.Inputs;
        if (!arguments.Tensors.Any(t => t is RaggedTensor)) return arguments;
        bool keeps = TakesRagged && arguments["mask"] is null && (!TakesMask || inputs.All(t => KerasMask.Of(t) is null));
        CallArguments filled = keeps ? arguments : arguments.Select(FillUp);
        return FillInMask(filled);
    }

    private static Tensor FillUp(Tensor tensor)
    {
        if (tensor is not RaggedTensor rows) return tensor;
        Tensor dense = rows.ToDense();
        // A mask given with the call is none itself.
        if (rows.DType != DType.Bool) KerasMask.Set(dense, KerasMask.Of(rows) is RaggedTensor mask ? mask.ToDense() : rows.RowMask());
        return dense;
    }
}
