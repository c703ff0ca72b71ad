using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>A compiled graph.</summary>
internal abstract class Executable(Graph graph)
{
    /// <summary>Shapes and types of the arguments.</summary>
    public TensorSpec[] InputSpecs { get; } = [.. graph.Inputs.Select(v => v.Spec)];

    /// <summary>Shapes and types of the results.</summary>
    public TensorSpec[] OutputSpecs { get; } = [.. graph.Outputs.Select(v => v.Spec)];

    /// <summary>Runs into new tensors.</summary>
    public Tensor[] Run(params ReadOnlySpan<Tensor> inputs)
    {
        ConcreteTensor[] outputs = Array.ConvertAll(OutputSpecs, ConcreteTensor.Allocate);
        Run(inputs, outputs);
        return outputs;
    }

    /// <summary>Runs into given tensors, which are overwritten. Allocates nothing once warm.</summary>
    /// <exception cref="ArgumentException">An argument does not have the shape and type compiled for.</exception>
    public void Run(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<ConcreteTensor> outputs)
    {
        Check(inputs.Length, InputSpecs.Length, "arguments");
        Check(outputs.Length, OutputSpecs.Length, "results");
        for (int i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Spec != InputSpecs[i])
                throw new ArgumentException($"Argument {i} of a compiled function is {inputs[i].Spec}; it was compiled for {InputSpecs[i]}.");
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Spec != OutputSpecs[i])
                throw new ArgumentException($"Result {i} of a compiled function is {OutputSpecs[i]}, which does not fit into {outputs[i].Spec}.");
        }

        Execute(inputs, outputs);
    }

    /// <summary>Whether arguments have the shapes and types compiled for.</summary>
    public bool Fits(ReadOnlySpan<Tensor> inputs)
    {
        bool fits = inputs.Length == InputSpecs.Length;
        for (int i = 0; fits && i < inputs.Length; i++) fits = inputs[i].Spec == InputSpecs[i];
        return fits;
    }

    /// <summary>Runs; the arguments have been checked.</summary>
    protected abstract void Execute(ReadOnlySpan<Tensor> inputs, ReadOnlySpan<ConcreteTensor> outputs);

    private static void Check(int given, int expected, string what)
    {
        if (given != expected) throw new ArgumentException($"A compiled function was given {given} {what}; it has {expected}.");
    }
}
