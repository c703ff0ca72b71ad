using NKeras.Layers;

namespace NKeras.Saving.Legacy;

/// <summary>Weights as older versions of Keras, Theano and NVIDIA's kernels laid them out, as layers have them today.</summary>
internal static class LegacyConversions
{
    private const string First = "channels_first";

    /// <summary>A layer's weights in today's layout.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="arrays">What the file has for it.</param>
    /// <param name="origin">Where the file comes from.</param>
    /// <exception cref="ArgumentException">They are those of another kind of layer.</exception>
    public static IReadOnlyList<LegacyArray> Convert(Layer layer, IReadOnlyList<LegacyArray> arrays, LegacyOrigin origin) => layer switch
    {
        Bidirectional both => [.. Convert(both.ForwardLayer, [.. arrays.Take(arrays.Count / 2)], origin), .. Convert(both.BackwardLayer, [.. arrays.Skip(arrays.Count / 2)], origin)],
        TimeDistributed wrapper => Convert(wrapper.Layer, arrays, origin),
        Model inner => ConvertModel(inner, arrays, origin),
        _ => ConvertRecurrent(layer, ConvertKernel(layer, origin.IsKeras1 ? ConvertKeras1(layer, arrays) : arrays, origin)),
    };

    /// <summary>A model's weights: all that are trained, then all others, each in the order of the layers.</summary>
    private static IReadOnlyList<LegacyArray> ConvertModel(Model model, IReadOnlyList<LegacyArray> arrays, LegacyOrigin origin)
    {
        if (arrays.Count != model.Weights.Count) return arrays;
        Queue<LegacyArray> trained = new(arrays.Take(model.TrainableWeights.Count)), others = new(arrays.Skip(model.TrainableWeights.Count));
        List<LegacyArray> newTrained = [], newOthers = [];
        HashSet<Variable> seen = [];
        foreach (Layer layer in model.Layers)
        {
            // A weight that two layers share is there once.
            int trainedCount = layer.TrainableWeights.Count(seen.Add), otherCount = layer.NonTrainableWeights.Count(seen.Add);
            IReadOnlyList<LegacyArray> converted = Convert(layer, [.. Take(trained, trainedCount), .. Take(others, otherCount)], origin);
            newTrained.AddRange(converted.Take(trainedCount));
            newOthers.AddRange(converted.Skip(trainedCount));
        }

        return [.. newTrained, .. trained, .. newOthers, .. others];
    }

    private static IEnumerable<LegacyArray> Take(Queue<LegacyArray> queue, int count)
    {
        for (; count > 0 && queue.Count > 0; count--) yield return queue.Dequeue();
    }

    private static IReadOnlyList<LegacyArray> ConvertKeras1(Layer layer, IReadOnlyList<LegacyArray> arrays)
    {
        switch (layer)
        {
            case Conv1D conv when arrays is [{ Dims.Count: 4 } kernel, ..]:
                // Of Keras 1.1: (filters, inputs, length, 1). Later ones: (length, 1, inputs, filters).
                if (kernel.Dims[0] != conv.KernelSize[0] || kernel.Dims[1] != 1 || kernel.Dims[3] != conv.Filters) kernel = kernel.Transposed(2, 3, 1, 0);
                return [kernel.Reshaped(kernel.Dims[0], kernel.Dims[2], kernel.Dims[3]), .. arrays.Skip(1)];
            case Conv2D { DataFormat: First } when arrays is [{ Dims.Count: 4 } kernel, ..]:
                return [kernel.Transposed(2, 3, 1, 0), .. arrays.Skip(1)];
            case Conv2DTranspose transpose when arrays is [{ Dims.Count: 4 } kernel, ..]:
                return [transpose.DataFormat == First ? kernel.Transposed(2, 3, 0, 1) : kernel.Transposed(0, 1, 3, 2), .. arrays.Skip(1)];
            case Conv3D { DataFormat: First } when arrays is [{ Dims.Count: 5 } kernel, ..]:
                return [kernel.Transposed(2, 3, 4, 1, 0), .. arrays.Skip(1)];
            case GRU when arrays.Count == 9:
                return [Gates(0), Gates(1), Gates(2)];
            // The gates were i, c, f, o and are i, f, c, o.
            case LSTM when arrays.Count == 12:
                return [FourGates(0), FourGates(1), FourGates(2)];
            case ConvLSTM2D recurrent when arrays.Count == 12 && arrays.Take(2).All(a => a.Dims.Count == 4):
                return recurrent.DataFormat == First
                    ? [FourGates(0, (2, 3, 1, 0)), FourGates(1, (2, 3, 1, 0)), FourGates(2)]
                    : [FourGates(0), FourGates(1), FourGates(2)];
            default:
                return arrays;
        }

        LegacyArray Gates(int i) => LegacyArray.Joined(arrays[i], arrays[i + 3], arrays[i + 6]);

        LegacyArray FourGates(int i, (int A, int B, int C, int D)? order = null)
        {
            LegacyArray[] gates = [arrays[i], arrays[i + 6], arrays[i + 3], arrays[i + 9]];
            return LegacyArray.Joined(order is { } o ? [.. gates.Select(g => g.Transposed(o.A, o.B, o.C, o.D))] : gates);
        }
    }

    private static IReadOnlyList<LegacyArray> ConvertKernel(Layer layer, IReadOnlyList<LegacyArray> arrays, LegacyOrigin origin)
    {
        int count = layer switch { ConvLSTM2D => 2, Conv1D or Conv2D or Conv3D or Conv2DTranspose => 1, _ => 0 };
        if (count == 0 || arrays.Count < count) return arrays;
        IReadOnlyList<Variable> weights = LegacyWeights.WeightsOf(layer);
        return [.. arrays.Select((a, i) => i < count && i < weights.Count ? ConvertKernel(a, weights[i].Shape, origin) : a)];
    }

    private static LegacyArray ConvertKernel(LegacyArray kernel, Shape shape, LegacyOrigin origin)
    {
        if (origin.FlipsKernels && kernel.Dims.Count > 2) kernel = kernel.Flipped([.. Enumerable.Range(0, kernel.Dims.Count - 2)]);
        if (kernel.Has(shape)) return kernel;
        // Kernels with the channels in front.
        int[][] orders = kernel.Dims.Count switch { 4 => [[3, 2, 0, 1], [2, 3, 1, 0]], 5 => [[2, 3, 4, 1, 0]], _ => [] };
        return orders.Select(o => kernel.Transposed(o)).FirstOrDefault(k => k.Has(shape)) ?? kernel;
    }

    /// <summary>Weights of NVIDIA's kernels: transposed for each gate, and with a second bias.</summary>
    private static IReadOnlyList<LegacyArray> ConvertRecurrent(Layer layer, IReadOnlyList<LegacyArray> arrays)
    {
        if (layer is not (LSTM or GRU) || arrays is not [{ Dims.Count: 2 } kernel, { Dims.Count: 2 } recurrent, { } bias]) return arrays;
        int gates = layer is LSTM ? 4 : 3;
        long units = recurrent.Dims[0];
        bool isOfCuDNN = bias.Dims.Count == 1 && bias.Dims[0] == 2 * units * gates;
        if (layer is GRU gru && (isOfCuDNN || bias.Dims.Count == 2) != gru.ResetAfter)
        {
            throw new ArgumentException(
                $"the file's weights are those of a GRU that applies the reset gate {(gru.ResetAfter ? "before" : "after")} the product (reset_after {(gru.ResetAfter ? "false" : "true")}); this one does so {(gru.ResetAfter ? "after" : "before")} it.");
        }

        if (!isOfCuDNN) return arrays;
        return
        [
            kernel.InParts(gates, k => Ops.Transpose(Ops.Reshape(k, TargetShape.Create([k.Shape[1], k.Shape[0]])))),
            recurrent.InParts(gates, k => Ops.Transpose(k)),
            layer is LSTM ? bias.HalvesAdded() : bias.Reshaped(2, units * gates),
        ];
    }
}
