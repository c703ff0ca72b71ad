using System.Collections;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Losses;
using NKeras.Saving;
using NKeras.Training;

namespace NKeras;

/// <summary>
/// What <c>Compile</c> takes as <c>loss</c>: a loss or its name for all outputs, a list with one for each output (null for
/// none), or losses by the outputs' names (<c>new() { ["score"] = "mse" }</c>).
/// </summary>
[CollectionBuilder(typeof(LossesByOutput), nameof(Create))]
public sealed class LossesByOutput : IEnumerable<Loss?>
{
    private readonly ByOutput<Loss> _losses = new();
    private readonly Loss? _single;

    /// <summary>Creates an empty structure, to be filled by name.</summary>
    public LossesByOutput()
    {
    }

    private LossesByOutput(Loss loss) => _single = loss;

    /// <summary>The loss of the output with a name.</summary>
    public Loss? this[string output]
    {
        get => _losses.Get(output);
        set => _losses.Set(output, value);
    }

    /// <summary>Collects one loss per output.</summary>
    public static LossesByOutput Create(ReadOnlySpan<Loss?> losses)
    {
        LossesByOutput result = new();
        foreach (Loss? loss in losses) result._losses.Add(loss);
        return result;
    }

    /// <summary>A loss for all outputs.</summary>
    public static implicit operator LossesByOutput(Loss loss) => new(loss);

    /// <summary>A loss for all outputs, by name.</summary>
    /// <exception cref="ArgumentException">There is no such loss; the message suggests the nearest name.</exception>
    public static implicit operator LossesByOutput(string name) => new((Loss)name);

    /// <summary>A function of one's own as the loss for all outputs.</summary>
    public static implicit operator LossesByOutput(Func<Tensor, Tensor, Tensor> function) => new((Loss)function);

    /// <inheritdoc/>
    public IEnumerator<Loss?> GetEnumerator() => (_single != null ? [_single] : _losses.Values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal Loss?[] For(IReadOnlyList<string> outputs) =>
        _single != null ? [.. outputs.Select(_ => _single)] : _losses.For("loss", outputs);

    /// <summary>The outputs' names as they were given; null if there are none.</summary>
    internal IReadOnlyList<string>? Names => _losses.Names;

    internal JsonNode? ToConfig() => _single != null ? Write(_single) : _losses.ToConfig(Write);

    internal static LossesByOutput? FromConfig(JsonNode? node)
    {
        switch (node)
        {
            case null:
                return null;
            case JsonArray or JsonObject when node is not JsonObject form || !form.ContainsKey("class_name"):
                LossesByOutput result = new();
                result._losses.ReadConfig(node, ConfigReader.Read<Loss>);
                return result;
            default:
                return new LossesByOutput(ConfigReader.Read<Loss>(node)!);
        }
    }

    private static JsonNode? Write(Loss? loss) => loss?.GivenAs is { } name ? name : KerasSerializer.Serialize(loss);
}
