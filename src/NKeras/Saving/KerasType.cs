using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>A type that configurations may name, and how one is made from a configuration.</summary>
/// <param name="Type">The type.</param>
/// <param name="Module">Keras's module; null for types that are not Keras's own.</param>
/// <param name="ClassName">Keras's name of the class.</param>
/// <param name="RegisteredName">The name under which it was registered; null for Keras's own.</param>
/// <param name="FromConfig">Makes one from its configuration.</param>
/// <param name="ByConstructor">Whether that passes the configuration's entries to the constructor's parameters of the same names.</param>
internal sealed record KerasType(
    [property: DynamicallyAccessedMembers(AutoConfig.Needed)] Type Type, string? Module, string ClassName, string? RegisteredName, Func<JsonObject, object> FromConfig,
    bool ByConstructor = true);
