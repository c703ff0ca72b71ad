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
