using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>
/// Objects that stand in several places of what is saved: the places have the same <c>shared_object_id</c>, and become one object again when they are read.
/// </summary>
internal static class SharedObjects
{
    private const string Key = "shared_object_id";

    [ThreadStatic]
    private static Dictionary<object, long>? t_written;

    [ThreadStatic]
    private static Dictionary<long, object>? t_read;

    /// <summary>Writes something whose shared objects are to be marked, as Keras does in files, but not in JSON alone.</summary>
    public static JsonNode? Write(Func<JsonNode?> write)
    {
        t_written = new(ReferenceEqualityComparer.Instance);
        try
        {
            JsonNode? written = write();
            Dictionary<long, List<JsonObject>> places = [];
            Collect(written, places);
            foreach (List<JsonObject> forms in places.Values.Where(f => f.Count == 1)) forms[0].Remove(Key);
            return written;
        }
        finally
        {
            t_written = null;
        }
    }

    /// <summary>Reads something in which marked objects are to be one again.</summary>
    public static T Read<T>(Func<T> read)
    {
        t_read = [];
        try
        {
            return read();
        }
        finally
        {
            t_read = null;
        }
    }

    /// <summary>Marks the form of an object. The marks of those with one form only are taken away in the end.</summary>
    // Keras: marks policies, too, which have no state that could be shared.
    public static void Mark(object value, JsonObject form)
    {
        if (t_written == null || value is DTypePolicy) return;
        if (!t_written.TryGetValue(value, out long id)) t_written[value] = id = t_written.Count + 1;
        form[Key] = id;
    }

    /// <summary>The object that a form's mark stands for, if it was read before.</summary>
    public static object? Find(JsonObject form) => IdOf(form) is { } id && t_read!.TryGetValue(id, out object? known) ? known : null;

    /// <summary>Notes the object that a marked form became.</summary>
    public static void Keep(JsonObject form, object value)
    {
        if (IdOf(form) is { } id) t_read![id] = value;
    }

    private static long? IdOf(JsonObject form) => t_read != null && form[Key] is JsonValue value && value.TryGetValue(out long id) ? id : null;

    private static void Collect(JsonNode? node, Dictionary<long, List<JsonObject>> places)
    {
        if (node is JsonArray list)
        {
            foreach (JsonNode? item in list) Collect(item, places);
        }
        else if (node is JsonObject form)
        {
            if (form.ContainsKey("class_name") && form[Key] is JsonValue mark && mark.TryGetValue(out long id)) (places.TryGetValue(id, out List<JsonObject>? known) ? known : places[id] = []).Add(form);
            foreach ((_, JsonNode? value) in form) Collect(value, places);
        }
    }
}
