using System.Reflection;
using NKeras.Core;
using NKeras.Layers;

namespace NKeras.Plotting;

/// <summary>Reads from a layer what its box shows.</summary>
internal static class LayerBox
{
    public static PlotBox Of(Operation operation, int id, PlotOptions options)
    {
        List<(string, string)> cells = [];
        (IReadOnlyList<KerasTensor>? inputs, IReadOnlyList<KerasTensor>? outputs) = Ends(operation);
        if (options.ShowShapes)
        {
            if (operation is not InputLayer) cells.Add(("Input shape", Join(inputs, t => t.Shape.ToString())));
            cells.Add(("Output shape", Join(outputs, t => t.Shape.ToString())));
        }

        if (options.ShowDType) cells.Add(("Output dtype", Join(outputs, t => t.DType.Name)));
        PlotKind kind = operation switch { InputLayer => PlotKind.Input, Model => PlotKind.Model, Layer => PlotKind.Layer, _ => PlotKind.Function };
        return new PlotBox(id, operation.Name, operation.ClassName, kind)
        {
            Cells = cells,
            Outputs = outputs ?? [],
            Activation = options.ShowLayerActivations && operation is Layer layer ? ActivationOf(layer)?.Name : null,
            Trainable = options.ShowTrainable && operation is Layer { Weights.Count: > 0 } weighted ? weighted.Trainable : null,
        };
    }

    /// <summary>What goes in and what comes out at the first call; a functional model knows it without any.</summary>
    private static (IReadOnlyList<KerasTensor>? Inputs, IReadOnlyList<KerasTensor>? Outputs) Ends(Operation operation)
    {
        if (operation is Model { GraphOrNull: not null } model) return (model.Inputs, model.Outputs);
        return operation.InboundNodes is [OperationNode first, ..] ? (first.Inputs, first.Outputs) : (null, null);
    }

    private static string Join(IReadOnlyList<KerasTensor>? tensors, Func<KerasTensor, string> text) => tensors switch
    {
        null => "?",
        [KerasTensor only] => text(only),
        _ => $"[{string.Join(", ", tensors.Select(text))}]",
    };

    /// <summary>The function that a layer keeps under the name "activation", if it does.</summary>
    // Keras: asks for the attribute; here fields are looked at, which trimming keeps (see InnerState).
    private static ActivationFunction? ActivationOf(Layer layer)
    {
        for (Type? type = layer.GetType(); type != null && type != typeof(Layer); type = type.BaseType)
        {
            FieldInfo? field = type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
                .FirstOrDefault(f => f.FieldType == typeof(ActivationFunction) && IsActivation(f.Name));
            if (field?.GetValue(layer) is ActivationFunction function) return function;
        }

        return null;
    }

    private static bool IsActivation(string field) =>
        field == "<Activation>k__BackingField" || field.TrimStart('_').Equals("activation", StringComparison.OrdinalIgnoreCase);
}
