using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>The compiled graphs inside a node.</summary>
internal static class InnerPrograms
{
    private static readonly Dictionary<Type, Func<Primitive, InnerProgram[]>> s_compilers = new()
    {
        [typeof(Conditional)] = p => [.. ((Conditional)p).Branches.Select(b => InnerProgram.Compile(b))],
        [typeof(WhileLoop)] = p => [InnerProgram.Compile(((WhileLoop)p).Condition), InnerProgram.Compile(((WhileLoop)p).Body, ((WhileLoop)p).Carries)],
        [typeof(Scan)] = p => [InnerProgram.Compile(((Scan)p).Body, ((Scan)p).Carries)],
    };

    /// <summary>Compiles the graphs inside a node; none for most.</summary>
    public static InnerProgram[] Of(Node node) => s_compilers.TryGetValue(node.Primitive.GetType(), out Func<Primitive, InnerProgram[]>? compile) ? compile(node.Primitive) : [];
}
