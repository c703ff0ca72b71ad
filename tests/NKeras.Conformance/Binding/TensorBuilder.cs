using NKeras.Conformance.Values;

namespace NKeras.Conformance.Binding;

/// <summary>Makes tensors of what Python converts to tensors: numbers, and nested lists of numbers and tensors.</summary>
internal static class TensorBuilder
{
    /// <summary>The tensor of a value; null if it is none.</summary>
    public static Tensor? TryBuild(object value) => value switch
    {
        Tensor tensor => tensor,
        bool truth => Tensor.From<bool>([truth], []),
        long whole => whole is >= int.MinValue and <= int.MaxValue ? (int)whole : Tensor.From<long>([whole], []),
        double number => number,
        RecordedList { Items.Count: 0 } => Ops.Zeros([0]),
        RecordedList list => Stack(list),
        _ => null,
    };

    private static Tensor? Stack(RecordedList list)
    {
        if (list.Items.All(i => i is bool)) return Tensor.From<bool>([.. list.Items.Cast<bool>()]);
        if (list.Items.All(i => i is long)) return Tensor.From<int>([.. list.Items.Select(i => checked((int)(long)i!))]);
        if (list.Items.All(i => i is long or double)) return Tensor.From<float>([.. list.Items.Select(i => i is long whole ? whole : (float)(double)i!)]);
        Tensor?[] items = [.. list.Items.Select(i => i == null ? null : TryBuild(i))];
        if (items.Contains(null) || items.Any(t => t!.Shape != items[0]!.Shape)) return null;
        // Rows of whole numbers and rows of fractions are one array of fractions.
        if (items.Any(t => t!.DType.IsFloating)) items = [.. items.Select(t => t!.DType.IsFloating ? t : Ops.Cast(t, DType.Float32))];
        return Ops.Concatenate([.. items.Select(t => Ops.ExpandDims(t!, 0))]);
    }
}
