using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Turns programs into loops, each only once.</summary>
internal static class ElementwiseLoops
{
    /// <summary>The most inputs a program can have here: one bit tells whether an input is a splat.</summary>
    public const int MostInputs = 64;

    private static readonly ConcurrentDictionary<Key, ElementwiseLoop> s_loops = new();

    /// <summary>Set to interpret even where code can be generated. Loops handed out before stay what they are.</summary>
    public static bool ForceInterpreter { get; set; }

    /// <summary>The loop for a program: compiled where code can be generated, else interpreted, with the same results.</summary>
    /// <param name="program">What is computed.</param>
    /// <param name="splats">Bit i is set if input i is one value for the whole run.</param>
    /// <param name="level">The vector width.</param>
    public static ElementwiseLoop Get(ElementwiseProgram program, ulong splats, SimdLevel level)
    {
        if (program.Inputs.Length > MostInputs)
            throw new ArgumentException($"A program has {program.Inputs.Length} inputs; at most {MostInputs} are possible.", nameof(program));
        bool interpret = ForceInterpreter || !RuntimeFeature.IsDynamicCodeSupported;
        return s_loops.GetOrAdd(new Key(program, splats, level, interpret), Create);
    }

    private static ElementwiseLoop Create(Key key) => RuntimeFeature.IsDynamicCodeSupported && !key.Interpret
        ? ElementwiseCompiler.Compile(key.Program, key.Splats, key.Level)
        : ElementwiseInterpreter.Create(key.Program, key.Splats, key.Level);

    private readonly record struct Key(ElementwiseProgram Program, ulong Splats, SimdLevel Level, bool Interpret);
}
