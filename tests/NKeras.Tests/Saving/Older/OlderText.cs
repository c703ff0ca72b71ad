using System.Text.Json.Nodes;
using NKeras.Layers;
using NKeras.Saving;
using NKeras.Saving.Older;

namespace NKeras.Tests.Saving.Older;

/// <summary>Reads configurations as if a version of Keras had written them.</summary>
internal static class OlderText
{
    public static T Read<T>(string form, string version = "2.2.4")
        where T : class => Reading.Run(() =>
        {
            Reading.Current!.KerasVersion = KerasVersion.Parse(version);
            return KerasSerializer.Deserialize<T>(JsonNode.Parse(form)!);
        });

    public static Layer Layer(string className, string config, string version = "2.2.4") => Read<Layer>($$"""{"class_name": "{{className}}", "config": {{config}}}""", version);

    public static string Config(Layer layer, string key) => layer.GetConfig()[key]?.ToJsonString() ?? "null";

    public static string Refusal(Action read) => Assert.Throws<ArgumentException>(read).Message;
}
