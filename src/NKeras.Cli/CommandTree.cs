using System.CommandLine;
using System.CommandLine.Invocation;

namespace NKeras.Cli;

/// <summary>The command <c>nkeras</c>.</summary>
internal static class CommandTree
{
    private const int Success = 0, Failure = 1, WrongUsage = 2;

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The arguments.</param>
    /// <param name="output">Gets the results.</param>
    /// <param name="error">Gets errors, a line each.</param>
    /// <returns>0; 1 if it failed, or a file is not safe; 2 if there is no such command or option.</returns>
    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            RootCommand root = new("Looks into files of Keras models, checks, converts and runs them. Nothing in a file is ever run as a program.")
            {
                Inspect(output), Summary(output), Predict(output), Convert(output), Verify(output),
            };
            ParseResult parsed = root.Parse(args);
            if (parsed.Action is ParseErrorAction)
            {
                error.WriteLine(OneLine($"{parsed.Errors[0].Message} See nkeras --help."));
                return WrongUsage;
            }

            return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        }
        // Whatever it is, whoever typed a command wants to know what to do, not where in our code it happened.
        catch (Exception e)
        {
            error.WriteLine(OneLine(e.Message));
            return Failure;
        }
    }

    private static Command Inspect(TextWriter output)
    {
        Argument<string> file = FileArgument();
        Option<bool> json = new("--json") { Description = "Write it as JSON." };
        return Limited("inspect", "Shows what a file holds: layers, optimizer, arrays with shapes and types.", [file], [json], (parsed, policy) =>
        {
            Inspection inspection = Inspection.Of(parsed.GetValue(file)!, policy);
            output.WriteLine(parsed.GetValue(json) ? inspection.ToJson() : inspection.ToText());
            return Success;
        });
    }

    private static Command Summary(TextWriter output)
    {
        Argument<string> file = FileArgument();
        Option<bool> nested = new("--expand-nested") { Description = "List the layers of models inside, too." };
        return Limited("summary", "Prints the table of a model's layers.", [file], [nested], (parsed, policy) =>
        {
            Model.Load(parsed.GetValue(file)!, compile: false, policy: policy).Summary(printFn: output.WriteLine, expandNested: parsed.GetValue(nested));
            return Success;
        });
    }

    private static Command Predict(TextWriter output)
    {
        Argument<string> file = FileArgument();
        Option<string[]> input = new("--input")
        {
            Description = "The data: x.npy, x.csv with a row for each sample, or x.txt with a text for each sample, one a line. Of a model with several inputs name=x.npy, once for each.",
            HelpName = "[name=]FILE",
            Required = true,
        };
        Option<string?> result = new("--output") { Description = "Where the result goes: y.npy, y.csv, or y.npz for several outputs. Printed as CSV if omitted.", HelpName = "FILE" };
        Option<int?> batch = new("--batch-size") { Description = "How many samples are computed at once; 32 if omitted." };
        return Limited("predict", "Computes what a model makes of data.", [file], [input, result, batch], (parsed, policy) =>
        {
            Model model = Model.Load(parsed.GetValue(file)!, compile: false, policy: policy);
            Prediction.Run(model, parsed.GetValue(input)!, parsed.GetValue(result), parsed.GetValue(batch), output);
            return Success;
        });
    }

    private static Command Convert(TextWriter output)
    {
        Argument<string> from = new("FROM") { Description = "The file to read: a model, or weights." };
        Argument<string> to = new("TO") { Description = "The file to write. Its name tells the format: .keras, .h5, .json, .weights.h5, .npz, or a folder if it has no ending." };
        Option<string?> model = new("--model") { Description = "The model that weights belong to, if converting them needs it.", HelpName = "FILE" };
        Option<bool> force = new("--force") { Description = "Replace a file that is there." };
        Option<bool> plain = new("--no-optimizer") { Description = "Leave the optimizer's state out." };
        return Limited("convert", "Writes a model, or its weights, in another format.", [from, to], [model, force, plain], (parsed, policy) =>
        {
            Conversion conversion = new(parsed.GetValue(from)!, parsed.GetValue(to)!, policy)
            {
                ModelFile = parsed.GetValue(model),
                Overwrite = parsed.GetValue(force),
                IncludeOptimizer = !parsed.GetValue(plain),
            };
            output.WriteLine(conversion.Run());
            return Success;
        });
    }

    private static Command Verify(TextWriter output)
    {
        Argument<string> file = FileArgument();
        return Limited("verify", "Tells whether a file can be loaded, and if not, all the reasons, a line each.", [file], [], (parsed, policy) =>
        {
            string path = parsed.GetValue(file)!;
            IReadOnlyList<string> reasons = Verification.Reasons(path, policy);
            if (reasons.Count == 0) output.WriteLine($"{path}: safe to load");
            foreach (string reason in reasons) output.WriteLine(OneLine(reason));
            return reasons.Count == 0 ? Success : Failure;
        });
    }

    private static Argument<string> FileArgument() => new("FILE") { Description = "A .keras, .h5, .weights.h5, .npz or .json file, or a model's folder. What it is, its content tells." };

    /// <summary>A command with the options that bound what loading takes.</summary>
    private static Command Limited(string name, string description, Argument[] arguments, Option[] options, Func<ParseResult, Saving.LoadPolicy, int> run)
    {
        Limits limits = new();
        Command command = new(name, description);
        foreach (Argument argument in arguments) command.Add(argument);
        foreach (Option option in (Option[])[.. options, .. limits.Options]) command.Add(option);
        command.SetAction(parsed => run(parsed, limits.PolicyOf(parsed)));
        return command;
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
