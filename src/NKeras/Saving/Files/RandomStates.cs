using System.Text.Json.Nodes;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Layers;

namespace NKeras.Saving.Files;

/// <summary>
/// What is random about a model's training: its generators, those that all functions without a seed share, and the order in which <c>Fit</c> takes
/// samples. With it training goes on after loading exactly as if it had not been interrupted.
/// </summary>
// Keras: keeps none of it in files, so that training goes on with other random numbers.
internal static class RandomStates
{
    private const string Generators = "seed_generators", Shared = "shared_generator", Order = "shuffle_order";

    /// <summary>Gathers the state.</summary>
    public static JsonObject Of(Model model)
    {
        JsonObject generators = [];
        foreach ((string path, SeedGenerator generator) in In(model)) generators[path] = Of(generator);
        JsonObject states = new() { [Generators] = generators };
        if (GlobalSeed.GeneratorOrNull is { } shared) states[Shared] = Of(shared);
        if (model.ShuffleOrder.IsUsed) states[Order] = new JsonArray(model.ShuffleOrder.Seed, model.ShuffleOrder.Passes);
        return states;
    }

    /// <summary>Gives a model the state. The shared generator gets it when <c>Fit</c> is called next: to load a model changes nothing but the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="states">What <see cref="Of(Model)"/> gave. Generators that it does not know stay as they are.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static void Restore(Model model, JsonObject states)
    {
        JsonObject generators = states[Generators] is null ? [] : StateJson.Object(states, Generators);
        foreach ((string path, SeedGenerator generator) in In(model))
        {
            if (generators[path] is not null) generator.State.Assign(State(generators, path));
        }

        if (states[Order] is not null)
        {
            int[] order = StateJson.Integers(states, Order, 2);
            if (order[1] < 0) throw new ArgumentException($"'{Order}' has a negative number.");
            model.ShuffleOrder.Set(order[0], order[1]);
        }

        Tensor? shared = states[Shared] is null ? null : State(states, Shared);
        int generation = GlobalSeed.Generation;
        model.OnNextFit = shared == null ? null : () =>
        {
            // Who has set a seed since then wants other numbers.
            if (generation == GlobalSeed.Generation) Trace.Suspend(() => GlobalSeed.Generator.State.Assign(shared));
        };
    }

    /// <summary>The generators of a model with the paths of the layers that have them: those of one layer are numbered.</summary>
    private static IEnumerable<(string Path, SeedGenerator Generator)> In(Model model)
    {
        List<(string, SeedGenerator)> found = [];
        HashSet<SeedGenerator> known = [];
        StateWalk.Run(model, (owner, path) =>
        {
            if (owner is not Layer layer) return true;
            SeedGenerator[] own = [.. layer.SeedGenerators];
            for (int i = 0; i < own.Length; i++)
            {
                if (known.Add(own[i])) found.Add((StateWalk.Join(path, $"{i}"), own[i]));
            }

            return true;
        });
        return found;
    }

    private static JsonArray Of(SeedGenerator generator) => [.. generator.State.Value.ToArray<uint>().Select(n => (JsonNode)n)];

    private static Tensor State(JsonObject states, string key) => states[key] is JsonArray { Count: 2 } list
        ? Tensor.From<uint>([.. list.Select(n => n is JsonValue value && value.TryGetValue(out uint number) ? number : throw Wrong(key))])
        : throw Wrong(key);

    private static ArgumentException Wrong(string key) => new($"'{BadConfig.Excerpt(key)}' is not the state of a random generator, two integers.");
}
