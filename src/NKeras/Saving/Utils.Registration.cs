using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras;

public static partial class Utils
{
    /// <summary>
    /// Lets configurations and files name a class of one's own (<c>keras.saving.register_keras_serializable</c>), as
    /// <see cref="RegisterKerasSerializableAttribute"/> does.
    /// </summary>
    /// <typeparam name="T">The class: a layer, model, loss, metric, initializer, ….</typeparam>
    /// <param name="package">What the name is qualified with: the class is registered as <c>package&gt;name</c>.</param>
    /// <param name="name">The name; that of the class if omitted.</param>
    /// <param name="fromConfig">Makes one from what its <c>GetConfig</c> gave; if omitted, the constructor's parameters are filled from the entries of their names.</param>
    /// <exception cref="ArgumentException">The class is Keras's own, or the name is another class's.</exception>
    public static void RegisterKerasSerializable<[DynamicallyAccessedMembers(AutoConfig.Needed)] T>(
        string package = "Custom", string? name = null, Func<JsonObject, T>? fromConfig = null)
        where T : class => CustomTypes.Register(typeof(T), package, name, fromConfig);

    /// <summary>Lets configurations and files name an activation function of one's own.</summary>
    /// <param name="function">The function.</param>
    /// <param name="package">What the name is qualified with.</param>
    /// <param name="name">The name; that of the method if omitted.</param>
    /// <exception cref="ArgumentException">The function is a lambda, which has no name, and none is given.</exception>
    public static void RegisterKerasSerializable(TensorFunction function, string package = "Custom", string? name = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        name ??= function.Method.Name;
        if (name.Contains('<')) throw new ArgumentException("The function is a lambda or a local function, which has no name of its own. Give the name to register it under.", nameof(name));
        CustomFunctions.Register(function, package, name);
    }
}
