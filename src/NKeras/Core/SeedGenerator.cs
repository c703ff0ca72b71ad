using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;
using NKeras.Saving;

namespace NKeras;

/// <summary>The state behind random layers: a seed and a counter that moves on with every draw (<c>keras.random.SeedGenerator</c>).</summary>
/// <remarks>
/// Each draw takes the state as the key of a counter-based generator, so that results depend on nothing else. In a function that is
/// compiled it moves on with every run.
/// </remarks>
// Keras: the class sits in keras.random; a namespace NKeras.Random would hide System.Random from users.
public sealed class SeedGenerator : IConfigurable
{
    private readonly Lock _gate = new();
    private readonly int? _given;

    /// <summary>Creates the state.</summary>
    /// <param name="seed">The seed; one from the program's global sequence if omitted (see <see cref="Utils.SetRandomSeed"/>).</param>
    /// <param name="name">The name; <c>seed_generator</c>, … if omitted.</param>
    public SeedGenerator(int? seed = null, string? name = null)
    {
        Name = name ?? Naming.AutoName(nameof(SeedGenerator));
        _given = seed;
        Seed = seed ?? GlobalSeed.Next();
        State = new Variable(KeyOf(Seed), trainable: false, name: "seed_generator_state") { Path = $"{CallContext.Within(Name)}/seed_generator_state" };
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; private set; }

    /// <summary>Seed and counter: two uint32.</summary>
    public Variable State { get; }

    /// <summary>Makes a generator of what <see cref="GetConfig"/> gives.</summary>
    /// <exception cref="ArgumentException">An entry is unknown or does not fit.</exception>
    public static SeedGenerator FromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return (SeedGenerator)AutoConfig.Create(typeof(SeedGenerator), config);
    }

    /// <summary>Name and seed; no seed if none was given.</summary>
    public JsonObject GetConfig() => new() { ["seed"] = _given, ["name"] = Name };

    /// <summary>Name and seed.</summary>
    public override string ToString() => $"<SeedGenerator name={Name}, seed={Seed}>";

    /// <summary>The key for one draw, two uint32; the state moves on.</summary>
    /// <param name="ordered">Whether the counter is counted up; otherwise both numbers jump about between 0 and 933 198, as Keras has it.</param>
    public Tensor Next(bool ordered = true)
    {
        if (Trace.Current != null) return MoveOn(ordered);
        if (ElementDraws.Current is { } draws) return draws.Next(this);
        // Threads that share a generator never draw the same.
        lock (_gate) return MoveOn(ordered);
    }

    /// <summary>The first key of a seed.</summary>
    internal static Tensor KeyOf(int seed) => Tensor.From<uint>([(uint)seed, 0]);

    /// <summary>Begins anew from another seed.</summary>
    internal void Restart(int seed)
    {
        lock (_gate)
        {
            Seed = seed;
            Trace.Suspend(() => State.Assign(KeyOf(seed)));
        }
    }

    private Tensor MoveOn(bool ordered)
    {
        Tensor key = State.Value;
        State.Assign(ordered
            ? PrimitiveOps.Binary(ElementwiseFunction.Add, key, Tensor.From<uint>([0, 1]))
            : PrimitiveOps.Binary(
                ElementwiseFunction.Remainder,
                PrimitiveOps.Binary(ElementwiseFunction.Multiply, PrimitiveOps.Binary(ElementwiseFunction.Add, key, Tensor.From<uint>([1, 1])), Tensor.From<uint>([5387, 5387])),
                Tensor.From<uint>([933199, 933199])));
        return key;
    }
}
