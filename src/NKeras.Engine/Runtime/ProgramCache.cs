using System.Collections.Concurrent;
using NKeras.Engine.Graphs;

namespace NKeras.Engine.Runtime;

/// <summary>Programs of functions that are traced anew whenever they are called: those that trace to the same are compiled once.</summary>
internal sealed class ProgramCache
{
    /// <summary>Programs kept; past that the cache starts anew, so that a function with ever other numbers in it cannot grow it without bound.</summary>
    private const int MostKept = 64;

    private readonly ConcurrentDictionary<GraphKey, Executable> _programs = new();

    /// <summary>Traces a function and runs it, compiled unless an equal one was before.</summary>
    /// <param name="function">The function. Data that it uses becomes arguments of the program; only scalars are part of it.</param>
    public Tensor[] Run(Func<IReadOnlyList<Tensor>> function)
    {
        (Graph graph, IReadOnlyList<ConcreteTensor> data) = Trace.WithData(function);
        GraphKey key = new(graph);
        if (!_programs.TryGetValue(key, out Executable? program))
        {
            if (_programs.Count >= MostKept) _programs.Clear();
            _programs[key] = program = Backend.Current.Compile(graph);
        }

        return program.Run([.. data]);
    }
}
