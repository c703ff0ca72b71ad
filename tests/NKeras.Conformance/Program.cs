using System.CommandLine;
using NKeras.Conformance.Calls;

Argument<DirectoryInfo> folder = new("FOLDER") { Description = "The folder with the recordings, KIND.jsonl.gz each." };
folder.AcceptExistingOnly();
Option<string?> kind = new("--kind") { Description = $"Only records of a kind ({string.Join(", ", CallReplay.Kinds)})." };
Option<string?> target = new("--target") { Description = "Only records of a target, such as keras.ops.add." };
Option<bool> verbose = new("--verbose") { Description = "Print every difference, not the first of each target." };
Command calls = new("calls", "Replays recorded calls of Keras and compares the results.") { folder, kind, target, verbose };
calls.SetAction(arguments =>
{
    CallReplay replay = new(Departures.Read());
    CallResult[] results =
    [
        .. Recordings.Read(arguments.GetRequiredValue(folder).FullName, arguments.GetValue(kind), arguments.GetValue(target)).Where(CallReplay.Replays).Select(replay.Run),
    ];
    return new CallReport(Console.Out, arguments.GetValue(verbose)).Print(results) ? 0 : 1;
});

RootCommand root = new("Compares NKeras with recorded behaviour of Keras.") { calls };
return root.Parse(args).Invoke();
