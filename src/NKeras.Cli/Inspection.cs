using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Cli;

/// <summary>What <c>nkeras inspect</c> shows of a file.</summary>
internal sealed class Inspection
{
    private readonly string _path;
    private readonly Content _content;
    private readonly IReadOnlyList<LayerEntry> _layers;

    private Inspection(string path, Content content)
    {
        (_path, _content) = (path, content);
        _layers = content.Config == null ? [] : LayerEntry.In(content.Config);
    }

    private long? Bytes => File.Exists(_path) ? new FileInfo(_path).Length : null;

    // Keras 3 has the optimizer's form; Keras 2 the same under another name.
    private JsonNode? Optimizer => _content.Training?["optimizer"] ?? _content.Training?["optimizer_config"];

    public static Inspection Of(string path, LoadPolicy policy) => new(path, Content.Of(path, policy));

    public string ToJson() => PythonJson.Write(
        new JsonObject
        {
            ["file"] = _path,
            ["kind"] = _content.Kind,
            ["bytes"] = Bytes,
            ["keras_version"] = _content.KerasVersion,
            ["date_saved"] = _content.DateSaved,
            ["model"] = _content.Config is not { } config ? null : new JsonObject { ["class_name"] = LayerEntry.TextOf(config, "class_name"), ["name"] = LayerEntry.NameOf(config) },
            ["layers"] = new JsonArray([.. _layers.Select(l => new JsonObject { ["name"] = l.Name, ["class_name"] = l.ClassName, ["depth"] = l.Depth })]),
            ["optimizer"] = Optimizer?.DeepClone(),
            ["loss"] = _content.Training?["loss"]?.DeepClone(),
            ["parts"] = _content.Parts is not { } parts ? null : new JsonArray([.. parts.Select(p => new JsonObject { ["name"] = p.Name, ["bytes"] = p.Bytes })]),
            ["arrays"] = new JsonArray([.. _content.Arrays.Select(ToJson)]),
        },
        indented: true);

    public string ToText()
    {
        StringBuilder text = new();
        Line($"{_path}: {_content.Kind}{(Bytes is { } bytes ? $", {Size(bytes)}" : "")}");
        if (_content.KerasVersion != null) Line($"Keras version: {_content.KerasVersion}{(_content.DateSaved == null ? "" : $", saved {_content.DateSaved}")}");
        if (_content.Config is { } config) Line($"Model: {LayerEntry.TextOf(config, "class_name")} '{LayerEntry.NameOf(config)}', {_layers.Count(l => l.Depth == 0)} layers");
        int width = _layers.Select(l => (2 * l.Depth) + l.Name.Length).DefaultIfEmpty().Max();
        foreach (LayerEntry layer in _layers) Line($"  {(new string(' ', 2 * layer.Depth) + layer.Name).PadRight(width)}  {layer.ClassName}");
        if (_content.Training != null) Line($"Compiled: optimizer {Short(Optimizer)}, loss {Short(_content.Training["loss"])}");
        if (_content.Parts is { } parts)
        {
            Line("Parts:");
            foreach ((string name, long size) in parts) Line($"  {name}  {Size(size)}");
        }

        if (_content.Arrays.Count > 0) AppendTree();
        return text.ToString().TrimEnd('\n');

        void Line(string line) => text.Append(Printable(line)).Append('\n');

        void AppendTree()
        {
            Line($"Arrays: {_content.Arrays.Count}, {Size(_content.Arrays.Sum(a => (double)a.Bytes))}");
            string[] above = [];
            foreach (ArrayEntry array in _content.Arrays)
            {
                string[] steps = array.Path.Split('/');
                int common = above.Zip(steps[..^1]).TakeWhile(pair => pair.First == pair.Second).Count();
                for (int depth = common; depth < steps.Length - 1; depth++) Line($"{Indent(depth)}{steps[depth]}/");
                Line($"{Indent(steps.Length - 1)}{steps[^1]}  {array.Problem ?? $"{array.Type} {array.ShapeText}, {Size(array.Bytes)}"}");
                above = steps[..^1];
            }
        }
    }

    private static JsonNode ToJson(ArrayEntry array) => array.Problem is { } problem
        ? new JsonObject { ["path"] = array.Path, ["problem"] = problem }
        : new JsonObject
        {
            ["path"] = array.Path,
            ["dtype"] = array.Type,
            ["shape"] = array.Shape == null ? null : new JsonArray([.. array.Shape.Select(d => (JsonNode)d)]),
            ["bytes"] = array.Bytes,
        };

    private static string Indent(int depth) => new(' ', 2 * (depth + 1));

    private static string Size(double bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        int unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.##} {units[unit]}");
    }

    private static string Short(JsonNode? form) => form switch
    {
        null => "none",
        JsonObject named when LayerEntry.TextOf(named, "class_name") is { } name => name == "function" ? LayerEntry.TextOf(named, "config") ?? name : name,
        _ => BadConfig.Excerpt(form).Trim('"'),
    };

    // A name may hold what moves a terminal's cursor, or colours it.
    private static string Printable(string line) => string.Concat(line.Select(c => char.IsControl(c) ? '?' : c));
}
