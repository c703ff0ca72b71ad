using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Cli;

/// <summary>
/// Tells why a file cannot be loaded. Loading it is what tells whether it can: it is safe, whatever the file holds. If it fails, the content is
/// looked through for all that is refused, where loading ends at the first.
/// </summary>
internal static class Verification
{
    private static readonly string[] s_filesNamed = ["vocabulary", "filepath", "lookup_table"];

    /// <summary>The reasons; none if the file is safe to load.</summary>
    /// <exception cref="IOException">There is no such file, or it cannot be read at all.</exception>
    public static IReadOnlyList<string> Reasons(string path, LoadPolicy policy)
    {
        try
        {
            Content content = Content.Of(path, policy);
            if (content.Config == null) return [.. Arrays(Content.Of(path, policy, thorough: true))];
            try
            {
                Model.Load(path, policy: policy);
                return [];
            }
            catch (ModelFileException e)
            {
                string[] reasons = [.. Code(content.Config), .. Arrays(content)];
                return reasons.Length > 0 ? [.. reasons.Distinct()] : [e.Message];
            }
        }
        catch (ModelFileException e)
        {
            return [e.Message];
        }
    }

    private static IEnumerable<string> Arrays(Content content) => content.Arrays.Where(a => a.Problem != null).Select(a => $"array '{a.Path}': {a.Problem}");

    /// <summary>What a configuration names that is code, or comes from elsewhere.</summary>
    private static IEnumerable<string> Code(JsonObject config)
    {
        // Not by recursion: a configuration may be nested as deep as the caller allows.
        Stack<(JsonNode? Node, string Layer)> open = new([(config, "")]);
        while (open.TryPop(out (JsonNode? Node, string Layer) next))
        {
            if (next.Node is JsonArray list)
            {
                foreach (JsonNode? item in list.Reverse()) open.Push((item, next.Layer));
                continue;
            }

            if (next.Node is not JsonObject form) continue;
            string layer = next.Layer;
            if (LayerEntry.TextOf(form, "class_name") is { } className)
            {
                if (LayerEntry.NameOf(form) is { Length: > 0 } name) layer = $"layer '{name}': ";
                foreach (string reason in OfForm(form, className)) yield return layer + reason;
            }

            foreach (JsonNode? value in form.Select(p => p.Value).Reverse()) open.Push((value, layer));
        }
    }

    private static IEnumerable<string> OfForm(JsonObject form, string className)
    {
        JsonObject? config = form["config"] as JsonObject;
        string? module = LayerEntry.TextOf(form, "module");
        if (className == "__lambda__")
        {
            yield return "it holds the bytes of a Python function, which is never run";
        }
        else if (className == "Lambda")
        {
            if (config?["function"] is JsonArray) yield return "it is a Lambda with the bytes of a Python function, which is never run";
            else if (config?["function"] is JsonValue) yield return "it is a Lambda with a Python function by name or source, which is never run; register a C# function under its name";
        }
        else if (className == "TFSMLayer")
        {
            yield return "it runs a TensorFlow program from another file, which is never opened";
        }
        else if (IsForeign(module))
        {
            yield return $"'{className}' is of the module '{module}', which is not Keras's; register a C# class or function of this name to load it";
        }
        else if (IsCustom(className) || IsCustom(LayerEntry.TextOf(form, "registered_name")))
        {
            yield return $"'{className}' is a class or function of its author's own; register one of this name to load it";
        }

        foreach (string key in s_filesNamed)
        {
            if (config != null && LayerEntry.TextOf(config, key) is { Length: > 0 } file) yield return $"'{key}' names another file, '{file}', which is never opened";
        }
    }

    // Keras 2.11 and 2.12 wrote their own optimizers so.
    private static bool IsCustom(string? name) => name?.IndexOf('>') is >= 0 and var end && !(name[..end] == "Custom" && TypeTable.All.Any(t => t.ClassName == name[(end + 1)..]));

    private static bool IsForeign(string? module) => module != null && module is not ("keras" or "builtins")
        && !module.StartsWith("keras.", StringComparison.Ordinal) && !module.StartsWith("tensorflow.", StringComparison.Ordinal) && !module.StartsWith("tf_keras", StringComparison.Ordinal);
}
