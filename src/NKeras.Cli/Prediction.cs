using System.Globalization;
using NKeras.Npy;
using NKeras.Saving.Files;

namespace NKeras.Cli;

/// <summary>Runs a model on files of data.</summary>
internal static class Prediction
{
    /// <summary>Predicts.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The files, each with the name of an input and <c>=</c> before it where there are several.</param>
    /// <param name="result">Where the result goes; to <paramref name="output"/> as CSV if null.</param>
    /// <param name="batchSize">How many samples at once.</param>
    /// <param name="output">Gets what has no file.</param>
    /// <exception cref="ArgumentException">A file does not fit the model.</exception>
    public static void Run(Model model, string[] inputs, string? result, int? batchSize, TextWriter output)
    {
        CheckEnding(model, result);
        Tensors outputs = model.PredictAll(Read(model, inputs), batchSize, verbose: 0);
        if (result == null) CsvFile.Write(output, outputs);
        else AtomicFile.Write(result, stream => Write(stream, model, result, outputs));
    }

    private static void CheckEnding(Model model, string? result)
    {
        string? ending = result == null ? null : Path.GetExtension(result);
        if (ending is not (null or ".npy" or ".npz" or ".csv")) throw new ArgumentException($"--output '{result}': the name must end in .npy, .npz or .csv.");
        if (ending is ".npy" or ".npz" && model.GraphOrNull?.Outputs.FirstOrDefault(t => t.DType == DType.String) is { } text)
            throw new ArgumentException($"--output '{result}': output '{text.Name}' of model '{model.Name}' is text; use .csv.");
        if (ending == ".npy" && model.GraphOrNull?.Outputs.Count > 1) throw new ArgumentException($"--output '{result}': model '{model.Name}' has {model.Outputs.Count} outputs; use .npz or .csv.");
    }

    private static Tensors Read(Model model, string[] inputs)
    {
        IReadOnlyList<KerasTensor>? expected = model.GraphOrNull?.Inputs;
        if (expected is not { Count: > 1 })
        {
            if (inputs.Length != 1) throw new ArgumentException($"Model '{model.Name}' has one input; --input is given {inputs.Length} times.");
            (string? name, string file) = Split(inputs[0]);
            if (name != null && expected != null && name != Model.InputName(expected[0])) throw Unknown(model, name);
            return Read(file, expected?[0]);
        }

        Tensor[] values = new Tensor[expected.Count];
        foreach (string input in inputs)
        {
            (string? name, string file) = Split(input);
            int place = name == null ? -1 : Enumerable.Range(0, expected.Count).FirstOrDefault(i => Model.InputName(expected[i]) == name, -1);
            if (place < 0) throw Unknown(model, name ?? input);
            values[place] = Read(file, expected[place]);
        }

        int missing = Array.IndexOf(values, null);
        return missing < 0 ? values : throw new ArgumentException($"Input '{Model.InputName(expected[missing])}' of model '{model.Name}' has no file: add --input {Model.InputName(expected[missing])}=x.npy.");
    }

    private static ArgumentException Unknown(Model model, string name) =>
        new($"--input '{name}': model '{model.Name}' has the inputs {string.Join(", ", model.Inputs.Select(i => $"'{Model.InputName(i)}'"))}; write name=file for each.");

    private static (string? Name, string File) Split(string input)
    {
        int equals = input.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 || File.Exists(input) ? (null, input) : (input[..equals], input[(equals + 1)..]);
    }

    private static Tensor Read(string file, KerasTensor? expected)
    {
        using FileStream stream = File.OpenRead(file);
        return Path.GetExtension(file).ToUpperInvariant() switch
        {
            ".CSV" => CsvFile.Read(stream, file, expected),
            ".TXT" => TextFile.Read(stream, file, expected),
            _ => NpyFile.Read(stream, stream.Length, $"'{file}'"),
        };
    }

    private static void Write(FileStream stream, Model model, string file, Tensors outputs)
    {
        switch (Path.GetExtension(file))
        {
            case ".npy":
                NpyFile.Write(stream, Storable(outputs.Single()));
                break;
            case ".npz":
                NpzFile.Write(stream, Enumerable.Select(outputs, (value, i) => (NameOf(model, i), Storable(value))));
                break;
            default:
                using (StreamWriter writer = new(stream, leaveOpen: true)) CsvFile.Write(writer, outputs);
                break;
        }
    }

    private static string NameOf(Model model, int output) =>
        model.GraphOrNull?.Outputs[output].History?.Operation.Name ?? string.Create(CultureInfo.InvariantCulture, $"output_{output}");

    // NumPy has no bfloat16.
    private static Tensor Storable(Tensor value) => value.DType.ClrType == null ? Ops.Cast(value, DType.Float32) : value;
}
