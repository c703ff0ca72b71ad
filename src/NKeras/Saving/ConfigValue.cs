using System.Collections;
using System.Text.Json.Nodes;
using NKeras.Engine;
using NKeras.Layers;
using NKeras.Optimizers;

namespace NKeras.Saving;

/// <summary>Turns values into what configurations are made of.</summary>
internal static class ConfigValue
{
    /// <summary>A value as JSON.</summary>
    /// <exception cref="ArgumentException">It has no form in a configuration.</exception>
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        JsonNode node => node.DeepClone(),
        bool flag => flag,
        int number => number,
        uint number => number,
        long number => number,
        float number => (double)number,
        double number => number,
        string text => text,
        DType dtype => dtype.Name,
        Shape shape => Array(shape.Select(d => (object?)d)),
        Tensor tensor => OfTensor(tensor),
        TensorKey key => TensorKeyForm.Write(key),
        TensorIndex index => TensorKeyForm.Write(new TensorKey([index])),
        Range range => TensorKeyForm.Write(new TensorKey([range])),
        System.Index index => TensorKeyForm.Write(new TensorKey([index])),
        Floats { IsNumber: true } number => number[0],
        Factor { IsNumber: true } number => number[0],
        Ints { IsNumber: true } number => number[0],
        RandomSeed seed => seed.Generator != null ? KerasSerializer.Serialize(seed.Generator) : seed.Number,
        MaskValue mask => Of(mask.Value),
        TextStandardization { Name: var name, Function: var function } => function == null ? name : CustomFunctions.FormOf(function, "The function 'standardize' of a TextVectorization layer"),
        TextSplitting { Name: var name, Function: var function } => function == null ? name : CustomFunctions.FormOf(function, "The function 'split' of a TextVectorization layer"),
        LambdaFunction { Function: var function } => CustomFunctions.FormOf(function, "The function of a Lambda layer"),
        Delegate function => CustomFunctions.FormOf(function, "This"),
        LearningRate rate => rate.Schedule != null ? KerasSerializer.Serialize(rate.Schedule) : (double)(float)rate.Value,
        IDictionary dictionary => Dictionary(dictionary),
        IEnumerable items => Array(items.Cast<object?>()),
        _ when KerasSerializer.IsSerializable(value) => KerasSerializer.Serialize(value),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} cannot be written to a configuration. Override GetConfig and give a number, a string, a list or an object of Keras's."),
    };

    /// <summary>A list as JSON.</summary>
    public static JsonArray Array(IEnumerable<object?> items) => new([.. items.Select(Of)]);

    /// <summary>Symbolic tensors by the call that made them, literals as numbers, other data as nested lists.</summary>
    private static JsonNode? OfTensor(Tensor tensor)
    {
        switch (tensor)
        {
            case KerasTensor symbolic:
                return Wrapped("__keras_tensor__", new JsonObject
                {
                    ["shape"] = Of(symbolic.Shape),
                    ["dtype"] = symbolic.DType.Name,
                    ["keras_history"] = symbolic.History is { } history ? Array([history.Operation.Name, history.NodeIndex, history.TensorIndex]) : null,
                });
            case ConcreteTensor { LiteralValue: { } literal }:
                return tensor.DType.IsFloating ? JsonValue.Create(literal) : JsonValue.Create((int)literal);
            case ConcreteTensor data:
                ElementView view = ElementView.Of(data);
                int next = 0;
                JsonNode? values = Nested(data.Shape.Dims.ToArray(), 0, view, ref next);
                GC.KeepAlive(data); // A view is a bare pointer.
                return Wrapped("__tensor__", new JsonObject { ["value"] = values, ["dtype"] = data.DType.Name });
            default:
                throw new ArgumentException($"A tensor of shape {tensor.Shape} that is being computed cannot be written to a configuration.");
        }
    }

    private static JsonNode? Nested(int[] dims, int axis, ElementView view, ref int next)
    {
        if (axis == dims.Length)
        {
            double number = view.Number(next++);
            return view.DType == DType.Bool ? JsonValue.Create(number != 0) : view.DType.IsFloating ? JsonValue.Create(number) : JsonValue.Create((long)number);
        }

        JsonArray items = [];
        for (int i = 0; i < dims[axis]; i++) items.Add(Nested(dims, axis + 1, view, ref next));
        return items;
    }

    private static JsonObject Dictionary(IDictionary dictionary)
    {
        JsonObject result = [];
        foreach (DictionaryEntry entry in dictionary) result[(string)entry.Key] = Of(entry.Value);
        return result;
    }

    private static JsonObject Wrapped(string className, JsonObject config) => new() { ["class_name"] = className, ["config"] = config };
}
