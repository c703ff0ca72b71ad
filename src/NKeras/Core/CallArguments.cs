using NKeras.Engine;

namespace NKeras.Core;

/// <summary>What an operation is called with: arguments by position and by name.</summary>
/// <remarks>
/// An argument is a tensor, a structure of tensors (<see cref="NKeras.Tensors"/>), or a plain value: null, a boolean, a
/// number, a string, or a list of plain values.
/// </remarks>
internal sealed class CallArguments(IReadOnlyList<object?> positional, IReadOnlyList<KeyValuePair<string, object?>>? named = null)
{
    public IReadOnlyList<object?> Positional { get; } = positional;

    public IReadOnlyList<KeyValuePair<string, object?>> Named { get; } = named ?? [];

    /// <summary>A call with one tensor, or a list of several.</summary>
    public static CallArguments Of(IReadOnlyList<Tensor> inputs, bool? training = null) => new(
        [inputs.Count == 1 ? inputs[0] : NKeras.Tensors.Create([.. inputs])],
        training == null ? [] : [KeyValuePair.Create("training", (object?)training)]);

    /// <summary>The first argument's tensors.</summary>
    public NKeras.Tensors Inputs => AsTensors(Positional[0]) ?? NKeras.Tensors.Create([null!]);

    /// <summary>All tensors in Keras's order; none for what is null.</summary>
    public IEnumerable<Tensor> Tensors => Positional.Concat(Named.Select(n => n.Value)).SelectMany(TensorsIn);

    /// <summary>Whether a tensor is symbolic.</summary>
    public bool IsSymbolic => Tensors.Any(t => t is KerasTensor);

    /// <summary>The argument with a name; null if it was not given.</summary>
    public object? this[string name]
    {
        get
        {
            foreach ((string key, object? value) in Named)
            {
                if (key == name) return value;
            }

            return null;
        }
    }

    /// <summary>The same call with other tensors.</summary>
    public CallArguments Select(Func<Tensor, Tensor?> map) => new(
        [.. Positional.Select(a => Map(a, map))],
        [.. Named.Select(a => KeyValuePair.Create(a.Key, Map(a.Value, map)))]);

    /// <summary>The same call with an argument replaced or added.</summary>
    public CallArguments With(string name, object? value) =>
        new(Positional, [.. Named.Where(n => n.Key != name), KeyValuePair.Create(name, value)]);

    private static NKeras.Tensors? AsTensors(object? argument) => argument switch
    {
        Tensor tensor => tensor,
        NKeras.Tensors tensors => tensors,
        _ => null,
    };

    private static IEnumerable<Tensor> TensorsIn(object? argument) => argument switch
    {
        Tensor tensor => [tensor],
        NKeras.Tensors tensors => tensors.Flat.Where(t => t is not null),
        TensorKey key => key.Tensors,
        _ => [],
    };

    private static object? Map(object? argument, Func<Tensor, Tensor?> map) => argument switch
    {
        Tensor tensor => map(tensor),
        NKeras.Tensors tensors => tensors.Select(map),
        TensorKey key => key.Select(map),
        _ => argument,
    };
}
