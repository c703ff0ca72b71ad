using System.Reflection;
using System.Runtime.CompilerServices;
using NKeras.Conformance.Values;

namespace NKeras.Conformance.Binding;

/// <summary>Turns recorded values into what C# parameters take, by the conversions that a user's code would use.</summary>
internal static class ValueConverter
{
    private delegate TResult SpanFactory<TItem, TResult>(ReadOnlySpan<TItem> items);

    /// <summary>Types with a rule of their own.</summary>
    private static readonly Dictionary<Type, Func<object, object?>> s_rules = new()
    {
        [typeof(bool)] = v => v is bool ? v : null,
        [typeof(int)] = v => v is long and >= int.MinValue and <= int.MaxValue ? (int)(long)v : null,
        [typeof(long)] = v => v is long ? v : null,
        [typeof(double)] = v => v is double ? v : v is long whole ? (double)whole : null,
        [typeof(float)] = v => v is double number ? (float)number : v is long whole ? (float)whole : null,
        [typeof(string)] = v => v as string,
        [typeof(object)] = v => v,
        [typeof(Tensor)] = TensorBuilder.TryBuild,
        [typeof(TensorIndex)] = v => v switch
        {
            RecordedSlice slice => (object)TensorIndex.Slice(slice.Start, slice.Stop, slice.Step),
            RecordedEllipsis => TensorIndex.Ellipsis,
            _ => null,
        },
    };

    /// <summary>Converts a value.</summary>
    /// <param name="value">The recorded value.</param>
    /// <param name="type">The type wanted.</param>
    /// <param name="result">The converted value.</param>
    /// <returns>Whether C# has such a conversion.</returns>
    public static bool TryConvert(object? value, Type type, out object? result)
    {
        result = null;
        if (value == null)
        {
            result = type == typeof(TensorIndex) ? (object)TensorIndex.NewAxis : null;
            return result != null || Nullable.GetUnderlyingType(type) != null;
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (value is not (RecordedList or string) && type != typeof(object) && type.IsInstanceOfType(value)) result = value;
        if (result == null && s_rules.TryGetValue(type, out Func<object, object?>? rule)) result = rule(value);
        result ??= FromList(value, type) ?? FromOperator(value, type) ?? FromHostTensor(value, type);
        return result != null;
    }

    private static object? FromList(object value, Type type)
    {
        if (value is not RecordedList list)
        {
            // Python takes a tensor for the list of its slices.
            return value is Tensor { Rank: > 0 } tensor && ItemType(type) == typeof(Tensor)
                ? FromList(new RecordedList([.. Enumerable.Range(0, tensor.Shape[0] ?? 0).Select(i => (object)tensor[i])], IsTuple: false), type)
                : null;
        }

        if (type.IsAssignableTo(typeof(ITuple)) && type.IsValueType) return FromTuple(list, type);
        if (ItemType(type) is { } item) return ConvertAll(list, item);
        if (type.GetCustomAttribute<CollectionBuilderAttribute>() is not { } builder) return null;
        foreach (MethodInfo factory in builder.BuilderType.GetMethods().Where(m => m.Name == builder.MethodName && !m.IsGenericMethod))
        {
            Type element = factory.GetParameters()[0].ParameterType.GetGenericArguments()[0];
            if (ConvertAll(list, element, nulls: type == typeof(Tensors)) is { } items) return typeof(ValueConverter).GetMethod(nameof(Build), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(element, type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, [factory, items], null);
        }

        return null;
    }

    /// <summary>The type of the items of an array or a list that an array is.</summary>
    private static Type? ItemType(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType()
        : type.IsInterface && type.IsGenericType && type.GetGenericArguments().Length == 1 && type.GetGenericArguments()[0].MakeArrayType().IsAssignableTo(type) ? type.GetGenericArguments()[0]
        : null;

    private static Array? ConvertAll(RecordedList list, Type item, bool nulls = false)
    {
        Array items = Array.CreateInstance(item, list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (nulls && list.Items[i] == null) continue;
            if (!TryConvert(list.Items[i], item, out object? converted)) return null;
            items.SetValue(converted, i);
        }

        return items;
    }

    private static object? FromTuple(RecordedList list, Type type)
    {
        Type[] types = type.GetGenericArguments();
        if (types.Length != list.Items.Count) return null;
        object?[] items = new object?[types.Length];
        for (int i = 0; i < items.Length; i++)
        {
            if (!TryConvert(list.Items[i], types[i], out items[i])) return null;
        }

        return Activator.CreateInstance(type, items);
    }

    private static TResult Build<TItem, TResult>(MethodInfo factory, TItem[] items)
    {
        SpanFactory<TItem, TResult> create = factory.CreateDelegate<SpanFactory<TItem, TResult>>();
        return create(items);
    }

    private static object? FromOperator(object value, Type type)
    {
        // The source whose values are exactly such as the recorded one comes first: a whole number is no fraction.
        IEnumerable<MethodInfo> operators = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == "op_Implicit" && m.ReturnType == type)
            .OrderBy(m => m.GetParameters()[0].ParameterType is { } from && (from == typeof(int) || from == typeof(int[]) || from == typeof(Tensor)) ? 0 : 1);
        foreach (MethodInfo conversion in operators)
        {
            Type source = conversion.GetParameters()[0].ParameterType;
            if (source == typeof(Array) || !TryConvertPlainly(value, source, out object? from)) continue;
            try
            {
                return conversion.Invoke(null, [from]);
            }
            catch (TargetInvocationException e) when (e.InnerException is ArgumentException refused)
            {
                throw refused;
            }
        }

        return null;
    }

    // One implicit conversion is all that C# applies.
    private static bool TryConvertPlainly(object value, Type type, out object? result)
    {
        result = s_rules.TryGetValue(type, out Func<object, object?>? rule) ? rule(value)
            : type.IsInstanceOfType(value) ? value
            : FromList(value, type) ?? FromNamed(value, type);
        return result != null;
    }

    private static Dictionary<string, Tensor>? FromNamed(object value, Type type) =>
        type == typeof(Dictionary<string, Tensor>) && value is IReadOnlyDictionary<string, object?> named && named.Values.All(v => v is Tensor)
            ? named.ToDictionary(n => n.Key, n => (Tensor)n.Value!)
            : null;

    /// <summary>NumPy's numbers and arrays of whole numbers serve as Python's own.</summary>
    private static object? FromHostTensor(object value, Type type)
    {
        if (value is not Tensor { Rank: <= 1 } tensor || type == typeof(Tensor) || !tensor.Shape.IsKnown || tensor is KerasTensor) return null;
        object[] items;
        try
        {
            double[] numbers = Ops.Cast(tensor, DType.Float64).ToArray<double>();
            items = [.. numbers.Select(n => tensor.DType.IsFloating ? n : tensor.DType == DType.Bool ? (object)(n != 0) : (long)n)];
        }
        catch (InvalidOperationException)
        {
            return null; // Traced: there is no data.
        }

        return TryConvert(tensor.Rank == 0 ? items[0] : new RecordedList(items, IsTuple: false), type, out object? result) ? result : null;
    }
}
