using System.Text.Json.Nodes;

namespace NKeras.Tests.Saving;

/// <summary>Damages configurations at random places: a seed gives the same damage always.</summary>
internal sealed class ConfigMutator(int seed)
{
    private static readonly string[] s_values =
    [
        "null", "true", "false", "0", "1", "-1", "2", "3", "7", "0.5", "-0.0", "1e300", "2147483647", "-2147483648", "2147483648", "4611686018427387904",
        "9223372036854775807", "-9223372036854775808", "1e400", "100000", "46341", "65536", "\"\"", "\"a/b\"", "\"x\"", "\"softmax\"", "\"float16\"", "\"string\"", "\"int32\"", "\"bool\"", "\"mixed_float16\"",
        "\"same\"", "\"valid\"", "\"channels_first\"", "\"keras\"", "\"keras.layers\"", "\"Dense\"", "\"Sequential\"", "\"Functional\"", "\"InputLayer\"", "\"Orthogonal\"", "\"function\"",
        "\"__lambda__\"", "\"__tensor__\"", "\"__slice__\"", "\"__keras_tensor__\"", "[]", "{}", "[null]", "[[]]", "[1, 2]", "[0, 0]", "[3, 3, 3]", "[null, 4]", "[null, null]", "[-1]", "[-1, -1]",
        "[100000, 100000]", "[2147483647, 2147483647, 2147483647]", "{\"class_name\": \"Dense\"}", "{\"class_name\": \"Adam\", \"module\": \"keras.optimizers\", \"config\": {}}",
        "{\"class_name\": \"Identity\", \"module\": \"keras.initializers\", \"config\": {}}", "{\"class_name\": \"L2\", \"module\": \"keras.regularizers\", \"config\": {}}",
        "{\"class_name\": \"__tensor__\", \"config\": {\"value\": [[1, 2], [3]], \"dtype\": \"float32\"}}", "{\"class_name\": \"__tensor__\", \"config\": {\"value\": [1.5, 2], \"dtype\": \"float32\"}}",
        "{\"class_name\": \"__slice__\", \"config\": {\"start\": 1, \"stop\": null, \"step\": 0}}", "[\"dense\", 0, 0]", "[\"dense\", -1, 99999999999]",
    ];

    private readonly Random _random = new(seed);

    /// <summary>Changes a configuration in one to four places.</summary>
    public void Mutate(JsonNode root)
    {
        int changes = 1 + _random.Next(4);
        for (int i = 0; i < changes; i++) MutateOnce(root);
    }

    private void MutateOnce(JsonNode root)
    {
        List<(JsonNode Parent, object Key)> places = [];
        Collect(root, places);
        if (places.Count == 0) return;
        (JsonNode parent, object key) = places[_random.Next(places.Count)];
        JsonNode? other = Get(places[_random.Next(places.Count)]);
        switch (_random.Next(7))
        {
            case 0:
                if (parent is JsonObject named) named.Remove((string)key);
                else ((JsonArray)parent).RemoveAt((int)key);
                break;
            case 1:
                if (parent is JsonArray list) list.Insert((int)key, Get((parent, key))?.DeepClone());
                else ((JsonObject)parent)[$"{key}_"] = Get((parent, key))?.DeepClone();
                break;
            case 2 or 3:
                Set(parent, key, other?.DeepClone());
                break;
            case 4:
                Set(parent, key, new JsonArray(Get((parent, key))?.DeepClone()));
                break;
            default:
                Set(parent, key, JsonNode.Parse(s_values[_random.Next(s_values.Length)]));
                break;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, object Key)> places)
    {
        if (node is JsonObject named)
        {
            foreach ((string key, JsonNode? value) in named)
            {
                places.Add((node, key));
                Collect(value, places);
            }
        }
        else if (node is JsonArray list)
        {
            for (int i = 0; i < list.Count; i++)
            {
                places.Add((node, i));
                Collect(list[i], places);
            }
        }
    }

    private static JsonNode? Get((JsonNode Parent, object Key) place) => place.Parent is JsonObject named ? named[(string)place.Key] : place.Parent[(int)place.Key];

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonObject named) named[(string)key] = value;
        else parent[(int)key] = value;
    }
}
