namespace NKeras;

/// <summary>
/// Lets configurations and files name a class of one's own (<c>keras.saving.register_keras_serializable</c>). An alternative
/// is a call of <c>Utils.RegisterKerasSerializable</c>, which works for classes without this attribute, too.
/// </summary>
/// <remarks>
/// The class is made by its public constructor, whose parameters are filled from the configuration's entries of the same
/// names in snake case, as <c>GetConfig</c> wrote them.
/// </remarks>
/// <param name="package">What the name is qualified with: the class is registered as <c>package&gt;name</c>.</param>
/// <param name="name">The name; that of the class if omitted.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RegisterKerasSerializableAttribute(string package = "Custom", string? name = null) : Attribute
{
    /// <summary>What the name is qualified with.</summary>
    public string Package { get; } = package;

    /// <summary>The name; null for that of the class.</summary>
    public string? Name { get; } = name;
}
