using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Layers;

public abstract partial class Layer : IConfigurable
{
    /// <summary>What the layer was made with, by Keras's names: enough to make another like it.</summary>
    /// <remarks>
    /// Unless overridden, these are the constructor's parameters, each read from the public property of the same name.
    /// </remarks>
    // Keras: notes the constructor's arguments as they are passed.
    public virtual JsonObject GetConfig()
    {
        JsonObject config = new()
        {
            ["name"] = Name,
            ["trainable"] = Trainable,
            ["dtype"] = KerasSerializer.Serialize(DTypePolicy),
        };
        if (ActivityRegularizer != null) config["activity_regularizer"] = KerasSerializer.Serialize(ActivityRegularizer);
        foreach ((string key, JsonNode? value) in AutoConfig.Read(GetType(), this, "name", "trainable", "dtype", "activity_regularizer")) config[key] = value?.DeepClone();
        return config;
    }

    /// <summary>A layer of a class from what <see cref="GetConfig"/> gave (<c>Layer.from_config</c>).</summary>
    /// <typeparam name="T">The class; one of the user's own need not be registered for this.</typeparam>
    /// <param name="config">The configuration.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static T FromConfig<[DynamicallyAccessedMembers(AutoConfig.Needed)] T>(JsonObject config)
        where T : Layer => (T)FromConfig(typeof(T), config);

    /// <summary>The same for a class known at run time only: <c>Layer.FromConfig(layer.GetType(), config)</c>.</summary>
    /// <param name="type">The class.</param>
    /// <param name="config">The configuration.</param>
    /// <exception cref="ArgumentException">It is not valid, or the class is none of a layer.</exception>
    public static Layer FromConfig([DynamicallyAccessedMembers(AutoConfig.Needed)] Type type, JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(config);
        if (!typeof(Layer).IsAssignableFrom(type)) throw new ArgumentException($"{type.Name} is not the class of a layer.", nameof(type));
        return (Layer)((TypeTable.Find(type) ?? CustomTypes.Find(type))?.FromConfig(config) ?? AutoConfig.Create(type, config));
    }

    /// <summary>
    /// The shapes that the layer was built for, so that another can be built like it; null if there is nothing to build. A layer whose
    /// weights depend on more adds to it, and overrides <see cref="BuildFromConfig"/>.
    /// </summary>
    public virtual JsonObject? GetBuildConfig()
    {
        if (_builtFor != null)
            return new JsonObject { ["shapes_dict"] = new JsonObject(_builtFor.Select(a => KeyValuePair.Create($"{a.Key}_shape", (JsonNode?)Shapes(a.Value)))) };
        if (BuildShapes is not { } shapes) return null;
        return new JsonObject { ["input_shape"] = BuiltForList ? ConfigValue.Array(shapes) : ConfigValue.Of(shapes[0]) };

        static JsonNode? Shapes(Tensors tensors) => tensors.IsSingle ? ConfigValue.Of(tensors[0].Shape) : ConfigValue.Array([.. tensors.Select<Tensor, Shape>(t => t.Shape)]);
    }

    /// <summary>Builds the layer as another was built.</summary>
    /// <param name="config">What the other's <see cref="GetBuildConfig"/> gave.</param>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public virtual void BuildFromConfig(JsonObject config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config["shapes_dict"] is JsonObject several)
        {
            string[] names = [.. several.Select(s => s.Key.EndsWith("_shape", StringComparison.Ordinal) ? s.Key[..^"_shape".Length] : s.Key)];
            if (names.Length == 0 && TryBuild()) return;
            if (names.Length == 0 || names.Any(n => !BuildsFrom.Contains(n)))
                throw new ArgumentException($"Layer '{Name}' is built from the shapes of {string.Join(", ", BuildsFrom)}; its configuration has {string.Join(", ", names)}.", nameof(config));
            Tensors[] stubs = [.. several.Select(s => StubsOf((s.Value as JsonArray) ?? throw ConfigReader.Expected("a shape", s.Value)))];
            EnsureBuilt(CallParameter.Bind(this, Parameters, new Core.CallArguments([], [.. names.Zip(stubs, (n, t) => KeyValuePair.Create(n, (object?)(t.IsSingle ? t[0] : t)))])));
            return;
        }

        if (config["input_shape"] is not JsonArray shape) return;
        Tensors given = StubsOf(shape);
        EnsureBuilt(new Core.CallArguments([given.IsSingle ? given[0] : given]));
        if (!Signature.Builds && !Signature.BuildsForMany && BuildsFrom.Count == 0) BuildByTracing([.. given.Flat.Select(t => t.Shape)]);
    }

    /// <summary>Builds the layer without a shape; false if it needs one.</summary>
    private protected virtual bool TryBuild() => false;

    private Tensors StubsOf(JsonArray shape) => shape.Count > 0 && shape.All(s => s is JsonArray)
        ? Tensors.Create([.. shape.Select(s => Stub(ConfigReader.ReadShape(s)))])
        : Stub(ConfigReader.ReadShape(shape));
}
