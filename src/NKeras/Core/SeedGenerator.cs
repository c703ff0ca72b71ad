using NKeras.Core;

namespace NKeras;

/// <summary>The state behind random layers: a seed and a counter that moves on with every draw (<c>keras.random.SeedGenerator</c>).</summary>
/// <remarks>Each draw takes the state as the key of a counter-based generator, so that results depend on nothing else.</remarks>
// Keras: the class sits in keras.random; a namespace NKeras.Random would hide System.Random from users.
public sealed class SeedGenerator
{
    /// <summary>Creates the state.</summary>
    /// <param name="seed">The seed; one from the program's global sequence if omitted (see <see cref="Utils.SetRandomSeed"/>).</param>
    /// <param name="name">The name; <c>seed_generator</c>, … if omitted.</param>
    public SeedGenerator(int? seed = null, string? name = null)
    {
        Name = name ?? Naming.AutoName(nameof(SeedGenerator));
        Seed = seed ?? GlobalSeed.Next();
        State = new Variable(Tensor.From<uint>([(uint)Seed, 0]), trainable: false, name: "seed_generator_state") { Path = $"{Name}/seed_generator_state" };
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>Seed and counter: two uint32.</summary>
    public Variable State { get; }

    /// <summary>Name and seed.</summary>
    public override string ToString() => $"<SeedGenerator name={Name}, seed={Seed}>";

    /// <summary>The key for one draw; the counter moves on.</summary>
    public Tensor Next()
    {
        Tensor key = State.Value;
        State.Assign(Ops.Add(key, Tensor.From<uint>([0, 1])));
        return key;
    }
}
