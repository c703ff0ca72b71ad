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

    /// <summary>The shapes that the layer was built for, so that another can be built like it; null if there is nothing to build.</summary>
    internal virtual JsonObject? GetBuildConfig()
    {
        if (BuildShapes is not { } shapes) return null;
        return new JsonObject { ["input_shape"] = BuiltForList ? ConfigValue.Array(shapes) : ConfigValue.Of(shapes[0]) };
    }

    /// <summary>Builds the layer for the shapes of another.</summary>
    internal void BuildFromConfig(JsonObject config)
    {
        if (config["input_shape"] is not JsonArray shape) return;
        bool list = shape.Count > 0 && shape.All(s => s is JsonArray);
        Shape[] shapes = list ? [.. shape.Select(ConfigReader.ReadShape)] : [ConfigReader.ReadShape(shape)];
        Tensors stubs = Stubs(shapes).Inputs;
        EnsureBuilt(new Core.CallArguments([list ? Tensors.Create([.. stubs]) : stubs[0]]));
        if (!Signature.Builds && !Signature.BuildsForMany) BuildByTracing(shapes);
    }
}
