using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NKeras.Constraints;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Losses;
using NKeras.Metrics;
using NKeras.Optimizers;
using NKeras.Optimizers.Schedules;
using NKeras.Regularizers;

namespace NKeras.Saving;

/// <summary>Reads values of configurations as the types that constructors take.</summary>
internal static class ConfigReader
{
    private static readonly Dictionary<Type, Func<JsonNode, object?>> s_readers = new()
    {
        [typeof(bool)] = n => Scalar(n, JsonValueKind.True, JsonValueKind.False).GetValue<bool>(),
        [typeof(int)] = n => Integer(n),
        [typeof(long)] = n => Long(n),
        [typeof(double)] = n => Double(n),
        [typeof(float)] = n => (float)Double(n),
        [typeof(string)] = n => Scalar(n, JsonValueKind.String).GetValue<string>(),
        [typeof(DType)] = n => DType.Parse(Text(n)),
        [typeof(DTypePolicy)] = n => n is JsonObject ? KerasSerializer.Deserialize<DTypePolicy>(n) : (DTypePolicy)Text(n),
        [typeof(Shape)] = n => ReadShape(n),
        [typeof(PartialShape)] = n => n is JsonArray ? (PartialShape)ReadShape(n) : Integer(n),
        [typeof(TargetShape)] = n => TargetShape.Create([.. List(n).Select(d => d is null ? (int?)null : Integer(d))]),
        [typeof(Ints)] = n => n is JsonArray ? Ints.Create(Integers(n)) : (Ints)Integer(n),
        [typeof(PadWidth)] = n => n is JsonArray list ? PadWidth.Create([.. list.Select(i => Read<Ints>(i)!)]) : (PadWidth)Integer(n),
        [typeof(StartIndices)] = n => n is JsonArray list ? StartIndices.Create([.. list.Select(i => ReadTensor(i!))]) : (StartIndices)ReadTensor(n),
        [typeof(Ints1)] = n => n is JsonArray ? Ints1.Create(Integers(n)) : (Ints1)Integer(n),
        [typeof(Ints2)] = n => n is JsonArray ? Ints2.Create(Integers(n)) : (Ints2)Integer(n),
        [typeof(Ints3)] = n => n is JsonArray ? Ints3.Create(Integers(n)) : (Ints3)Integer(n),
        [typeof(HashSalt)] = n => n is JsonArray list ? HashSalt.Create([.. list.Select(i => Long(i ?? throw Expected("a whole number", i)))]) : (HashSalt)Long(n),
        [typeof(Vocabulary<string>)] = n => n is JsonArray list ? (Vocabulary<string>)list.Select(Text).ToArray() : Vocabulary<string>.NamedIn(Text(n)),
        [typeof(Vocabulary<long>)] = n => n is JsonArray list ? (Vocabulary<long>)list.Select(i => Long(i ?? throw Expected("a whole number", i))).ToArray() : Vocabulary<long>.NamedIn(Text(n)),
        [typeof(MaskValue)] = n => n.GetValueKind() == JsonValueKind.String ? (MaskValue)Text(n) : IsWhole(n) ? (MaskValue)Long(n) : (MaskValue)Double(n),
        [typeof(TextStandardization)] = n => Function<Func<string, string>>(n) is { } own ? new TextStandardization(own) : (TextStandardization)Text(n),
        [typeof(TextSplitting)] = n => Function<Func<string, IEnumerable<string>>>(n) is { } own ? new TextSplitting(own) : (TextSplitting)Text(n),
        [typeof(Margins2)] = n => n is JsonArray list ? Margins2.Create(Pairs(list)) : (Margins2)Integer(n),
        [typeof(Margins3)] = n => n is JsonArray list ? Margins3.Create(Pairs(list)) : (Margins3)Integer(n),
        [typeof(NormOrder)] = n => n.GetValueKind() == JsonValueKind.String ? (NormOrder)Text(n) : Double(n),
        [typeof(Floats)] = n => n is JsonArray ? Floats.Create([.. List(n).Select(d => Double(d!))]) : n is JsonObject ? Floats.Create(Numbers(n)) : (Floats)Double(n),
        [typeof(Factor)] = n => n is JsonArray list ? Factor.Create([.. list.Select(d => Double(d!))]) : (Factor)Double(n),
        [typeof(RandomSeed)] = n => n is JsonObject ? (RandomSeed)KerasSerializer.Deserialize<SeedGenerator>(n) : (RandomSeed)Integer(n),
        [typeof(LearningRate)] = n => Function<Func<Tensor>>(n) is { } own ? new LearningRate(own) : n is JsonObject ? KerasSerializer.Deserialize<LearningRateSchedule>(n) : (LearningRate)Double(n),
        [typeof(int[])] = Integers,
        [typeof(double[])] = n => List(n).Select(d => Double(d!)).ToArray(),
        [typeof(string[])] = n => List(n).Select(t => Text(t!)).ToArray(),
        [typeof(ActivationFunction)] = n => n is JsonObject ? ReadActivation(n) : (ActivationFunction)Text(n),
        [typeof(Initializer)] = n => Function<InitializerFunction>(n) is { } own ? (Initializer)own : n is JsonObject ? KerasSerializer.Deserialize<Initializer>(n) : (Initializer)Text(n),
        [typeof(Regularizer)] = n => Function<TensorFunction>(n) is { } own ? (Regularizer)own : n is JsonObject ? KerasSerializer.Deserialize<Regularizer>(n) : (Regularizer)Text(n),
        [typeof(Constraint)] = n => Function<TensorFunction>(n) is { } own ? (Constraint)own : n is JsonObject ? KerasSerializer.Deserialize<Constraint>(n) : (Constraint)Text(n),
        [typeof(Loss)] = n => ComparisonFunctions.NameIn(n) is { } function ? ComparisonFunctions.Loss(function) : n is JsonObject ? KerasSerializer.Deserialize<Loss>(n) : (Loss)Text(n),
        [typeof(Metric)] = n => ComparisonFunctions.NameIn(n) is { } function ? ComparisonFunctions.Metric(function) : n is JsonObject ? KerasSerializer.Deserialize<Metric>(n) : MetricNames.Make(Text(n)),
        [typeof(Func<Tensor, Tensor, Tensor>)] = n => ComparisonFunctions.Get(ComparisonFunctions.NameIn(n) ?? Text(n)),
        [typeof(Optimizer)] = n => n is JsonObject ? KerasSerializer.Deserialize<Optimizer>(n) : (Optimizer)Text(n),
        [typeof(Layer)] = n => KerasSerializer.Deserialize<Layer>(n),
        [typeof(LambdaFunction)] = LambdaConfig.ReadFunction,
        [typeof(Func<Tensors, Tensors?, Tensors?>)] = LambdaConfig.ReadMask,
        [typeof(IReadOnlyDictionary<string, object?>)] = LambdaConfig.ReadArguments,
        [typeof(IReadOnlyDictionary<string, double>)] = ReadNumbers,
        [typeof(Tensor)] = ReadTensor,
        [typeof(JsonObject)] = n => n.DeepClone(),
        [typeof(JsonNode)] = n => n.DeepClone(),
    };

    /// <summary>Types of which null is a value like any other, with what it means.</summary>
    private static readonly Dictionary<Type, object> s_nothing = new()
    {
        [typeof(TextStandardization)] = (TextStandardization)null,
        [typeof(TextSplitting)] = (TextSplitting)null,
    };

    /// <summary>Whether null is a value of a type like any other, rather than nothing given.</summary>
    public static bool HasNull(Type type) => s_nothing.ContainsKey(type);

    /// <summary>A value as a type.</summary>
    /// <exception cref="ArgumentException">It is none of that type, or no value of that type can be read.</exception>
    public static T? Read<T>(JsonNode? node) => node is null && default(T) is not null ? throw Expected($"a {typeof(T).Name}", node) : (T?)Read(node, typeof(T));

    /// <inheritdoc cref="Read{T}"/>
    public static object? Read(JsonNode? node, Type type)
    {
        if (node is null) return s_nothing.GetValueOrDefault(type);
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (s_readers.TryGetValue(type, out Func<JsonNode, object?>? read)) return read(node);
        if (type.IsArray || (type.IsGenericType && type.IsAssignableFrom(type.GetGenericArguments()[0].MakeArrayType())))
        {
            Type element = type.IsArray ? type.GetElementType()! : type.GetGenericArguments()[0];
            JsonArray items = List(node);
            Array values = Array.CreateInstance(element, items.Count);
            for (int i = 0; i < values.Length; i++) values.SetValue(Read(items[i], element), i);
            return values;
        }

        if (node is JsonObject && KerasSerializer.Deserialize(node) is { } made && type.IsInstanceOfType(made)) return made;
        throw new ArgumentException($"A configuration cannot give a {type.Name}. Register the class with a function that makes it from its configuration.");
    }

    /// <summary>A whole number that fits an int.</summary>
    public static int Integer(JsonNode node)
    {
        long number = Long(node);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw new ArgumentException($"{number} is out of range; numbers like this go up to {int.MaxValue}.");
    }

    /// <summary>The dimensions of a shape.</summary>
    public static Shape ReadShape(JsonNode? node) => Shape.Create([.. List(node).Select(d => d is null ? (int?)null : Integer(d))]);

    /// <summary>A list.</summary>
    public static JsonArray List(JsonNode? node) => node as JsonArray ?? throw Expected("a list", node);

    /// <summary>A text.</summary>
    public static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Expected("a string", node);

    /// <summary>The error for a value of another kind.</summary>
    public static ArgumentException Expected(string what, JsonNode? node) => new($"Expected {what}; received {BadConfig.Excerpt(node)}.");

    private static int[] Integers(JsonNode node) => [.. List(node).Select(i => i is null ? throw Expected("a whole number", i) : Integer(i))];

    private static Ints2[] Pairs(JsonArray list) => [.. list.Select(Read<Ints2>)];

    /// <summary>The numbers of a tensor.</summary>
    private static double[] Numbers(JsonNode node)
    {
        Tensor tensor = Ops.Cast(KerasSerializer.Deserialize<Tensor>(node), DType.Float64);
        return tensor.ToArray<double>();
    }

    /// <summary>The function that a form names; null for the form of an object, or a name alone.</summary>
    public static T? Function<T>(JsonNode? node)
        where T : Delegate => node is JsonObject form && form["class_name"] is JsonValue kind && kind.TryGetValue(out string? text) && text == "function"
        ? (T)CustomFunctions.Deserialize(Text(form["config"]), typeof(T))
        : null;

    private static Dictionary<string, double> ReadNumbers(JsonNode node) =>
        (node as JsonObject ?? throw Expected("an object", node)).Where(p => p.Value is not null).ToDictionary(p => p.Key, p => Double(p.Value!));

    private static long Long(JsonNode node)
    {
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.Number)
        {
            if (value.TryGetValue(out long number)) return number;
            // Numbers that a program put in can be of any type.
            if (value.TryGetValue(out int small)) return small;
            if (double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out double real) && real == Math.Floor(real) && Math.Abs(real) < 1L << 53) return (long)real;
        }

        throw Expected("a whole number", node);
    }

    private static double Double(JsonNode node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number
        && (value.TryGetValue(out double real) || double.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out real))
        ? real
        : throw Expected("a number", node);

    /// <summary>Whether a number is written as a whole one.</summary>
    private static bool IsWhole(JsonNode node) => node.ToJsonString().AsSpan().IndexOfAny(".eE") < 0;

    private static JsonValue Scalar(JsonNode node, params ReadOnlySpan<JsonValueKind> kinds) => node is JsonValue value && kinds.Contains(value.GetValueKind())
        ? value
        : throw Expected(kinds[0] == JsonValueKind.String ? "a string" : "true or false", node);

    private static ActivationFunction ReadActivation(JsonNode form) => KerasSerializer.Deserialize(form, typeof(ActivationFunction)) switch
    {
        ActivationFunction function => function,
        Layer layer => new ActivationFunction(layer),
        var other => throw new ArgumentException($"The configuration describes a {other.GetType().Name}, which is no activation."),
    };

    private static Tensor ReadTensor(JsonNode node) => node switch
    {
        JsonObject => KerasSerializer.Deserialize<Tensor>(node),
        JsonArray list => PlainForms.OfList(list),
        JsonValue value when value.TryGetValue(out bool flag) => Tensor.From([flag], Shape.Scalar),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => IsWhole(node) ? Integer(node) : (Tensor)Double(node),
        _ => throw Expected("a number or a tensor", node),
    };
}
