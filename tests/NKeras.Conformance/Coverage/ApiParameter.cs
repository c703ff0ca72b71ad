using System.Text.Json;

namespace NKeras.Conformance.Coverage;

/// <summary>A parameter of a Keras function.</summary>
/// <param name="Name">Its name; <c>*args</c> and <c>**kwargs</c> with their stars.</param>
/// <param name="Default">Its default; null if it has to be given.</param>
internal sealed record ApiParameter(string Name, JsonElement? Default)
{
    /// <summary>The default as Python writes it.</summary>
    public string DefaultText => Default is not { } value ? "none" : value.ValueKind switch
    {
        JsonValueKind.Null => "None",
        JsonValueKind.True => "True",
        JsonValueKind.False => "False",
        _ => value.GetRawText(),
    };
}
