using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>What a debugger shows for something that can be configured.</summary>
internal static class Description
{
    /// <summary>Class and configuration: <c>&lt;L2 l2=0.01&gt;</c>. The class alone if a user's class does not tell its configuration.</summary>
    // Keras: has nothing but an address for these.
    public static string Of(IConfigurable configured)
    {
        string name = configured.GetType().Name;
        try
        {
            string[] settings = [.. configured.GetConfig().Select(s => $"{s.Key}={Text(s.Value)}")];
            return settings.Length == 0 ? $"<{name}>" : $"<{name} {string.Join(", ", settings)}>";
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return $"<{name}>";
        }
    }

    private static string Text(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject form when form["class_name"] is { } className => $"{className}",
        _ => value.ToJsonString(),
    };
}
