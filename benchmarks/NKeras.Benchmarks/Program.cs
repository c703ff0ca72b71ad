using NKeras.Benchmarks;

Dictionary<string, Action<BenchmarkOptions>> commands = new()
{
    ["gemm"] = GemmBenchmark.Run,
    ["convolution"] = ConvolutionBenchmark.Run,
};

if (args.Length == 0 || !commands.TryGetValue(args[0], out Action<BenchmarkOptions>? command))
{
    Console.Error.WriteLine($"Usage: {string.Join('|', commands.Keys)} [--threads N] [--seconds S]");
    return 2;
}

command(BenchmarkOptions.Parse(args.AsSpan(1)));
return 0;
