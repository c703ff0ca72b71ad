using System.CommandLine;
using NKeras.Conformance.Calls;
using NKeras.Conformance.Coverage;
using NKeras.Conformance.Files;
using NKeras.Conformance.Models;

Argument<DirectoryInfo> folder = new("FOLDER") { Description = "The folder with the recordings, KIND.jsonl.gz each." };
folder.AcceptExistingOnly();
Option<string?> kind = new("--kind") { Description = $"Only records of a kind ({string.Join(", ", CallReplay.Kinds)})." };
Option<string?> target = new("--target") { Description = "Only records of a target, such as keras.ops.add, or keras.ops.* for all of them." };
Option<string?> on = new("--on") { Description = "Of the kind raises only calls of this: function, layer or construct." };
Option<bool> verbose = new("--verbose") { Description = "Print every difference, not the first of each target." };
Command calls = new("calls", "Replays recorded calls of Keras and compares the results.") { folder, kind, target, on, verbose };
calls.SetAction(arguments =>
{
    CallReplay replay = new(Departures.Read());
    CallResult[] results =
    [
        .. Recordings.Read(arguments.GetRequiredValue(folder).FullName, arguments.GetValue(kind), arguments.GetValue(target), arguments.GetValue(on)).Select(replay.Run),
    ];
    return new CallReport(Console.Out, arguments.GetValue(verbose)).Print(results) ? 0 : 1;
});

Argument<DirectoryInfo> modelsFolder = new("FOLDER") { Description = "The folder with recorded models, a folder each." };
modelsFolder.AcceptExistingOnly();
Option<string?> modelName = new("--model") { Description = "Only the model with a name." };
Command models = new("models", "Makes recorded models from their configurations, trains them, and compares all that was recorded.") { modelsFolder, modelName, verbose };
models.SetAction(arguments => new ModelReport(Console.Out, arguments.GetValue(verbose))
    .Print(RecordedModel.ReadAll(arguments.GetRequiredValue(modelsFolder).FullName, arguments.GetValue(modelName)).SelectMany(ModelReplay.Run)) ? 0 : 1);

Argument<DirectoryInfo> filesFolder = new("FOLDER") { Description = "The folder with published files and their records." };
filesFolder.AcceptExistingOnly();
Option<string?> fileName = new("--file") { Description = "Only the file with a name." };
Command files = new("files", "Loads files that people published, and compares what was recorded of each.") { filesFolder, fileName, verbose };
files.SetAction(arguments => new FileReport(Console.Out, arguments.GetValue(verbose))
    .Print(new FileReplay(RecordedFile.ReadAll(arguments.GetRequiredValue(filesFolder).FullName, arguments.GetValue(fileName))).Results) ? 0 : 1);

Argument<FileInfo> api = new("API.jsonl") { Description = "The public names of Keras, one JSON object a line." };
api.AcceptExistingOnly();
Option<FileInfo> page = new("--output") { Description = "Where to write the table.", DefaultValueFactory = _ => new FileInfo(Path.Combine("docs", "coverage.md")) };
Command coverage = new("coverage", "Compares the public API with Keras's, and writes a table of it.") { api, page };
coverage.SetAction(arguments =>
{
    CoverageResult[] results = [.. ApiEntry.ReadAll(arguments.GetRequiredValue(api).FullName).Select(ApiComparison.Compare)];
    File.WriteAllText(arguments.GetRequiredValue(page).FullName, CoverageTable.Write(results));
    Console.WriteLine(CoverageTable.Summarize(results));
    return 0;
});

RootCommand root = new("Compares NKeras with recorded behaviour of Keras.") { calls, models, files, coverage };
return root.Parse(args).Invoke();
