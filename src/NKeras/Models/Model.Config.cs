using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Models;
using NKeras.Saving;

namespace NKeras;

public partial class Model
{
    /// <summary>The model's layers and how they are connected, by Keras's names. A subclassed model gives its constructor's parameters.</summary>
    public override JsonObject GetConfig() => _graph != null && FunctionalReader.CanMake(GetType()) ? FunctionalConfig.Of(this) : base.GetConfig();

    /// <summary>The model without its weights, as JSON that Keras's <c>model_from_json</c> reads, too (<c>Model.to_json</c>).</summary>
    /// <exception cref="ArgumentException">A class or function of the user's own in it is not registered.</exception>
    public string ToJson() => PythonJson.Write(KerasSerializer.Serialize(this)!);

    /// <summary>A model from what <see cref="ToJson"/> or Keras wrote, with fresh weights (<c>keras.models.model_from_json</c>).</summary>
    /// <param name="json">The text. Reading it runs no code and opens no file; it can only name Keras's classes and registered ones.</param>
    /// <param name="policy">What reading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ArgumentException">The text is not valid, asks for more than the policy allows, or names a class that is neither Keras's nor registered.</exception>
    public static Model FromJson(string json, LoadPolicy? policy = null) => Reading.Run(() => KerasSerializer.Deserialize<Model>(PythonJson.Read(json)), policy);

    /// <summary>A model from what <see cref="GetConfig"/> gave, with fresh weights (<c>Model.from_config</c>).</summary>
    /// <param name="config">The configuration of a functional model or of a <see cref="Sequential"/>.</param>
    /// <param name="policy">What reading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ArgumentException">It is not valid, or asks for more than the policy allows.</exception>
    public static Model FromConfig(JsonObject config, LoadPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        return Reading.Run(() =>
        {
            Reading.Check(config);
            if (config["layers"] is not JsonArray) throw ConfigReader.Expected("the configuration of a functional or sequential model, with 'layers'", config);
            return config.ContainsKey("input_layers") ? FunctionalReader.Read(config) : SequentialConfig.Read(config);
        }, policy);
    }

    /// <summary>A model with the same layers and fresh weights (<c>keras.models.clone_model</c>).</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputTensors">Symbolic tensors to build the copy on, in place of new inputs.</param>
    /// <param name="cloneFunction">Makes each layer's copy; a layer of the same class and configuration if omitted. It can return the layer itself, which shares its weights, or another kind of layer.</param>
    /// <param name="callFunction">How each copy is called, which is where layers can be put in before or after it; as it is if omitted. Not for <see cref="Sequential"/>.</param>
    /// <param name="recursive">Whether models inside are cloned layer by layer with the same functions; else <paramref name="cloneFunction"/> gets them as a whole.</param>
    /// <param name="policy">What the copy may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ArgumentException">The model is subclassed without being registered, or the tensors do not fit its inputs.</exception>
    public static Model Clone(
        Model model, KerasTensors? inputTensors = null, Func<Layer, Layer>? cloneFunction = null, CloneCallFunction? callFunction = null, bool recursive = false, LoadPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Reading.Run(() => new ModelCloner(cloneFunction, callFunction, recursive).Clone(model, inputTensors), policy);
    }

    /// <inheritdoc/>
    public override JsonObject? GetBuildConfig() => _graph != null && this is not Sequential ? new JsonObject { ["input_shape"] = null } : base.GetBuildConfig();
}
