NKeras.Benchmarks.ConvolutionBenchmark.Run(args); return 0;
