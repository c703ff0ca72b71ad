using NKeras.Engine;
using NKeras.Engine.Graphs;
using NKeras.Engine.Primitives;

namespace NKeras.Core;

/// <summary>Functions of the user's as branches and bodies of loops.</summary>
internal static class InnerCalls
{
    /// <summary>Whether a loop runs at once, so that its body may look at data.</summary>
    public static bool RunsAtOnce(IEnumerable<Tensor> tensors) => Trace.Current == null && tensors.All(t => t is ConcreteTensor);

    /// <summary>The tensors of a structure, none of which is null, sparse or ragged.</summary>
    public static Tensor[] Flat(string op, string argument, Tensors? structure)
    {
        ArgumentNullException.ThrowIfNull(structure, argument);
        foreach (Tensor? tensor in structure)
        {
            if (tensor is null) throw new ArgumentNullException(argument, $"{op}: a tensor of {argument} is null.");
            if (tensor is CompositeTensor) throw new ArgumentException($"{op}: {argument} holds a {tensor.GetType().Name} of shape {tensor.Shape}. Branches and loops take dense tensors: Ops.ConvertToTensor(x, sparse: false).", argument);
        }

        return [.. structure];
    }

    /// <summary>Whether a scalar is true.</summary>
    public static Tensor Truth(string op, string argument, Tensor? value)
    {
        ArgumentNullException.ThrowIfNull(value, argument);
        if (value.Shape.IsKnown && value.Shape.Size != 1) throw new ArgumentException($"{op}: {argument} is one truth value, a scalar, and not a tensor of shape {value.Shape}.", argument);
        Tensor scalar = PrimitiveOps.Reshape(value, Shape.Scalar);
        return scalar.DType == DType.Bool ? scalar : PrimitiveOps.Binary(ElementwiseFunction.NotEqual, scalar, PrimitiveOps.ScalarLike(scalar, 0));
    }

    /// <summary>Whether data that is a scalar is true.</summary>
    public static bool IsTrue(string op, string argument, Tensor value) => Truth(op, argument, value).Item<bool>();

    /// <summary>Runs one of several functions, by the number of it that is known only when the program runs.</summary>
    /// <param name="op">The name of the operation.</param>
    /// <param name="index">An int32 scalar.</param>
    /// <param name="branches">The functions, with what each is called in messages.</param>
    /// <exception cref="ArgumentException">The branches' results differ in structure, shape or type.</exception>
    public static Tensors Switch(string op, Tensor index, IReadOnlyList<(string Name, Func<Tensors> Function)> branches)
    {
        Tensors[] structures = new Tensors[branches.Count];
        InnerFunction[] traced = [.. branches.Select((b, k) => Trace.Inner([], _ => Flat(op, b.Name, structures[k] = b.Function())))];
        Tensors first = structures[0];
        for (int k = 1; k < structures.Length; k++)
        {
            Tensors other = structures[k];
            bool same = other.Count == first.Count && other.IsSingle == first.IsSingle && (other.Names ?? []).SequenceEqual(first.Names ?? []);
            for (int i = 0; same && i < first.Count; i++)
            {
                // A number that is written down takes the type of what the other branch gives.
                TensorSpec a = traced[0].Outputs[i].Spec, b = traced[k].Outputs[i].Spec;
                if (a.DType != b.DType) traced[k] = WithLiteral(traced[k], i, a.DType);
                if (a.DType != traced[k].Outputs[i].DType) traced[0] = WithLiteral(traced[0], i, b.DType);
                same = traced[0].Outputs[i].DType == traced[k].Outputs[i].DType && a.Shape.IsCompatibleWith(b.Shape);
            }

            if (!same) throw new ArgumentException($"{op}: the branches give results of the same structure, shapes and types, but {branches[0].Name} gives {first} and {branches[k].Name} gives {other}.");
        }

        return first.With(ControlFlow.Switch(index, traced));
    }

    /// <summary>Traces the body of a loop; what it carries keeps its shape and type.</summary>
    /// <param name="op">The name of the operation.</param>
    /// <param name="init">The first carried values; a number that is written down takes the type that the body gives.</param>
    /// <param name="extras">Shapes and types of what else the body takes.</param>
    /// <param name="body">Takes the carried values and the rest; gives the next carried values and more.</param>
    /// <exception cref="ArgumentException">A carried value changes its shape or type.</exception>
    public static InnerFunction Body(string op, Tensor[] init, IReadOnlyList<TensorSpec> extras, Func<Tensor[], IReadOnlyList<Tensor>> body)
    {
        while (true)
        {
            InnerFunction traced = Trace.Inner([.. init.Select(t => t.Spec), .. extras], body);
            bool again = false;
            for (int i = 0; i < init.Length; i++)
            {
                TensorSpec before = init[i].Spec, after = traced.Outputs[i].Spec;
                if (before.DType != after.DType)
                {
                    traced = WithLiteral(traced, i, before.DType);
                    after = traced.Outputs[i].Spec;
                }

                if (InnerSpecs.Compatible.Equals(before, after)) continue;
                if (init[i] is not ConcreteTensor { LiteralValue: not null } || !before.Shape.IsCompatibleWith(after.Shape))
                    throw new ArgumentException($"{op}: what is carried from step to step keeps its shape and type; value {i} is {before} at first, and the body gives {after}.");
                init[i] = Promotion.As(init[i], after.DType);
                again = true;
            }

            if (!again) return traced;
        }
    }

    /// <summary>The same function with a result that is a literal in another type.</summary>
    private static InnerFunction WithLiteral(InnerFunction function, int output, DType type)
    {
        if (function.Outputs[output].Constant is not { LiteralValue: not null } literal) return function;
        ConcreteTensor converted = (ConcreteTensor)Promotion.As(literal, type);
        Value[] outputs = [.. function.Outputs];
        outputs[output] = new Value(converted.Spec, null, 0) { Constant = converted };
        return new InnerFunction
        {
            Inputs = function.Inputs, Nodes = function.Nodes, Outputs = outputs, Captures = function.Captures, Reads = function.Reads, Assignments = function.Assignments,
        };
    }
}
