using NKeras.Benchmarks;

Dictionary<string, Action<BenchmarkOptions>> commands = new()
{
    ["gemm"] = GemmBenchmark.Run,
    ["convolution"] = ConvolutionBenchmark.Run,
    ["files"] = FileBenchmark.Run,
    ["preprocessing"] = PreprocessingBenchmark.Run,
};
foreach (string model in BenchmarkModel.All.Keys) commands[model] = ModelBenchmark.Command(model);

if (args.Length == 0 || !commands.TryGetValue(args[0], out Action<BenchmarkOptions>? command))
{
    Console.Error.WriteLine($"Usage: {string.Join('|', commands.Keys)} [train|predict [profile]] [--batch N] [--threads N] [--seconds S]");
    return 2;
}

command(BenchmarkOptions.Parse(args.AsSpan(1)));
return 0;
