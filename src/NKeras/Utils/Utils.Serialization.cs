using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using NKeras.Initializers;
using NKeras.Layers;
using NKeras.Optimizers;
using NKeras.Saving;

namespace NKeras;

public static partial class Utils
{
    /// <summary>Lets configurations and files name a class of one's own (<c>keras.utils.register_keras_serializable</c>).</summary>
    /// <typeparam name="T">The class: a layer, a model, a loss, a metric, an optimizer, an initializer …</typeparam>
    /// <param name="package">What the name is qualified with: the class is registered as <c>package&gt;name</c>, so it never hides one of Keras's.</param>
    /// <param name="name">The name; that of the class if omitted.</param>
    /// <param name="fromConfig">Makes one from what its <c>GetConfig</c> gave; if omitted, the constructor with the parameters of the same names does.</param>
    /// <exception cref="ArgumentException">The class is Keras's own, or the name belongs to another class.</exception>
    public static void RegisterKerasSerializable<[DynamicallyAccessedMembers(AutoConfig.Needed)] T>(
        string package = "Custom", string? name = null, Func<JsonObject, T>? fromConfig = null)
        where T : class => CustomTypes.Register(typeof(T), CheckPart(package, nameof(package)), name == null ? null : CheckPart(name, nameof(name)), fromConfig);

    /// <summary>Lets configurations and files name a function of one's own: an activation, a regularizer, a constraint, or that of a <see cref="Lambda"/> layer.</summary>
    /// <param name="function">The function; a lambda has to be kept in a variable, so that layers get the one that is registered.</param>
    /// <param name="package">What the name is qualified with.</param>
    /// <param name="name">The name; that of the method if omitted.</param>
    /// <exception cref="ArgumentException">The function is a lambda and no name is given.</exception>
    public static void RegisterKerasSerializable(TensorFunction function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function of a <see cref="Lambda"/> layer that takes several tensors.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    [OverloadResolutionPriority(-1)]
    public static void RegisterKerasSerializable(Func<Tensors, Tensors> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function of a <see cref="Lambda"/> layer that takes all of a call.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    [OverloadResolutionPriority(-2)]
    public static void RegisterKerasSerializable(Func<LambdaCall, Tensors> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that makes masks for a <see cref="Lambda"/> layer.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    public static void RegisterKerasSerializable(Func<Tensors, Tensors?, Tensors?> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that serves as an initializer.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    public static void RegisterKerasSerializable(InitializerFunction function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function of targets and predictions that serves as a loss or a metric.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    public static void RegisterKerasSerializable(Func<Tensor, Tensor, Tensor> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that gives a learning rate.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    public static void RegisterKerasSerializable(Func<Tensor> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that chooses an optimizer for each variable.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    public static void RegisterKerasSerializable(Func<Variable, Optimizer> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that standardizes texts for a <see cref="TextVectorization"/> layer.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    [OverloadResolutionPriority(-3)]
    public static void RegisterKerasSerializable(Func<string, string> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    /// <summary>Lets configurations and files name a function that splits texts for a <see cref="TextVectorization"/> layer.</summary>
    /// <inheritdoc cref="RegisterKerasSerializable(TensorFunction, string, string?)"/>
    [OverloadResolutionPriority(-4)]
    public static void RegisterKerasSerializable(Func<string, IEnumerable<string>> function, string package = "Custom", string? name = null) => RegisterFunction(function, package, name);

    private static void RegisterFunction(Delegate function, string package, string? name)
    {
        ArgumentNullException.ThrowIfNull(function);
        // Keras: a Python function knows its name; the compiler's name of a lambda says nothing.
        string given = name ?? (function.Method.Name.Contains('<')
            ? throw new ArgumentException("A lambda has no name that could be registered. Give one: name: \"...\".", nameof(name))
            : function.Method.Name);
        CustomFunctions.Register(function, CheckPart(package, nameof(package)), CheckPart(given, nameof(name)));
    }

    /// <summary>The name under which a class is registered (<c>package&gt;name</c>); that of the class if it is not (<c>keras.utils.get_registered_name</c>).</summary>
    /// <param name="obj">The class.</param>
    public static string GetRegisteredName(Type obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return CustomTypes.Find(obj)?.RegisteredName ?? obj.Name;
    }

    /// <summary>The name under which a function is registered; that of the method if it is not.</summary>
    /// <param name="obj">The function.</param>
    public static string GetRegisteredName(Delegate obj)
    {
        ArgumentNullException.ThrowIfNull(obj);
        return CustomFunctions.NameOf(obj) ?? obj.Method.Name;
    }

    /// <summary>What is registered under a name (<c>keras.utils.get_registered_object</c>): a <see cref="Type"/>, a <see cref="Delegate"/> such as a <see cref="TensorFunction"/>, or null.</summary>
    /// <param name="name">The name, as <see cref="GetRegisteredName(Type)"/> gives it.</param>
    public static object? GetRegisteredObject(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return (object?)CustomTypes.TypeOf(name) ?? CustomFunctions.Find(name);
    }

    /// <summary>An object in the form in which configurations hold it (<c>keras.utils.serialize_keras_object</c>): its module, class, configuration and registered name.</summary>
    /// <param name="obj">A layer, model, loss, initializer …, a function, a tensor, or a plain value.</param>
    /// <exception cref="ArgumentException">It has no such form; the message says what to do.</exception>
    public static JsonNode? SerializeKerasObject(object? obj) => obj is not null && KerasSerializer.IsSerializable(obj) ? KerasSerializer.Serialize(obj) : ConfigValue.Of(obj);

    /// <summary>The object that a form describes (<c>keras.utils.deserialize_keras_object</c>). Reading it runs no code of the form's.</summary>
    /// <typeparam name="T">What it is: <c>Layer</c>, <c>Model</c>, <c>Loss</c>, <c>Tensor</c>, <c>int[]</c> …</typeparam>
    /// <param name="config">The form, as <see cref="SerializeKerasObject"/> or Keras wrote it; or a name, for what has one.</param>
    /// <param name="policy">What reading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ArgumentException">It is not valid, describes something else, asks for more than the policy allows, or names a class that is neither Keras's nor registered.</exception>
    public static T? DeserializeKerasObject<T>(JsonNode? config, LoadPolicy? policy = null) => Reading.Run(() =>
    {
        if (config != null) Reading.Check(config);
        return ConfigReader.Read<T>(config);
    }, policy);

    private static string CheckPart(string part, string argument)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, argument);
        return part.Contains('>') ? throw new ArgumentException($"'{part}' contains '>', which stands between package and name.", argument) : part;
    }
}
