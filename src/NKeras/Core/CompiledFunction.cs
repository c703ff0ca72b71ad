using System.Runtime.CompilerServices;
using NKeras.Core;
using NKeras.Engine.Graphs;
using NKeras.Engine.Runtime;

namespace NKeras;

/// <summary>A function of tensors that runs as one compiled program: a training step of one's own at the speed of <c>Fit</c>, in the manner of <c>jax.jit</c> and <c>tf.function</c>.</summary>
/// <remarks>
/// <para>
/// The function is called once for each signature of its arguments (their structure, shapes and types), with tensors that stand for values; what it does
/// with them, with variables, optimizers, metrics and random generators is recorded and compiled. Later calls run the program, which reads and
/// updates the variables in place. Everything else (C# variables, numbers, tensors from outside, which layers are trainable) is taken as it is at the first call;
/// after changing it, call <see cref="Forget"/>.
/// </para>
/// <para>Called while another function is being traced, or with symbolic tensors, it becomes part of that. Calls that update variables take turns; others may run at the same time.</para>
/// </remarks>
/// <example><code>
/// CompiledFunction step = new((Tensor x, Tensor y) =&gt;
/// {
///     var (loss, gradients) = Gradients.ValueAndGrad(() =&gt; lossFn.Apply(y, model.Apply(x, training: true)), model.TrainableVariables);
///     optimizer.Apply(gradients, model.TrainableVariables);
///     return loss;
/// });
/// foreach (var (x, y) in batches) Tensor loss = step.Apply(x, y);
/// </code></example>
// Keras: leaves this to its backends, and does it itself in fit() only.
public sealed class CompiledFunction
{
    /// <summary>Programs kept; past that the oldest goes, so that odd shapes cannot grow the cache without bound.</summary>
    private const int MostKept = 128;

    private readonly Func<Tensors, Tensors> _function;
    private readonly Lock _gate = new();
    private readonly Lock _turn = new();
    private readonly Dictionary<FunctionSignature, Program> _programs = [];
    private readonly Queue<FunctionSignature> _order = [];

    /// <summary>Wraps a function of any number of tensors, a list or by name.</summary>
    /// <param name="function">The function.</param>
    [OverloadResolutionPriority(-1)]
    public CompiledFunction(Func<Tensors, Tensors> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    /// <summary>Wraps a function without arguments.</summary>
    /// <param name="function">The function.</param>
    public CompiledFunction(Func<Tensors> function)
        : this(WithCount(0, function, _ => function()))
    {
    }

    /// <summary>Wraps a function of one tensor.</summary>
    /// <param name="function">The function.</param>
    public CompiledFunction(Func<Tensor, Tensors> function)
        : this(WithCount(1, function, a => function(a[0])))
    {
    }

    /// <summary>Wraps a function of two tensors.</summary>
    /// <param name="function">The function.</param>
    public CompiledFunction(Func<Tensor, Tensor, Tensors> function)
        : this(WithCount(2, function, a => function(a[0], a[1])))
    {
    }

    /// <summary>Wraps a function of three tensors.</summary>
    /// <param name="function">The function.</param>
    public CompiledFunction(Func<Tensor, Tensor, Tensor, Tensors> function)
        : this(WithCount(3, function, a => function(a[0], a[1], a[2])))
    {
    }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>Its result.</returns>
    /// <exception cref="InvalidOperationException">It gives no result, or several: use <see cref="ApplyAll"/>.</exception>
    /// <exception cref="ArgumentException">There are not as many arguments as the function takes, or one is null.</exception>
    public Tensor Apply(params Tensors arguments)
    {
        Tensors results = ApplyAll(arguments);
        return results.Count == 1 ? results[0] : throw new InvalidOperationException($"The compiled function gives {results.Count} results; use {nameof(ApplyAll)}.");
    }

    /// <summary>The same for a function with several results, or none.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>Its results, in the structure in which it gives them.</returns>
    /// <exception cref="ArgumentException">There are not as many arguments as the function takes, or one is null.</exception>
    public Tensors ApplyAll(params Tensors arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments.Any(t => t is null)) throw new ArgumentException("An argument of a compiled function is null.", nameof(arguments));
        if (Trace.Current != null || arguments.Any(t => t is KerasTensor)) return Call(arguments);
        FunctionSignature signature = FunctionSignature.Of(arguments);
        Tensor[] parts = [.. arguments.SelectMany(CompositeSpec.PartsOf)];
        Program program = Get(signature, parts);
        if (program.Executable is not HostedExecutable hosted) return program.Run(parts);
        Tensor[] completed = hosted.Complete(parts);
        if (!hosted.Fits(completed)) program = Get(signature with { Hosted = [.. completed[parts.Length..].Select(t => t.Spec)] }, parts);
        return program.Run(completed);
    }

    /// <summary>Forgets all programs, so that the function is looked at again when it is next called.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _programs.Clear();
            _order.Clear();
        }
    }

    private Tensors Call(Tensors arguments) => _function(arguments) ?? throw new InvalidOperationException("A compiled function returned null. Return a tensor, several, or [].");

    private Program Get(FunctionSignature signature, Tensor[] data)
    {
        lock (_gate)
        {
            if (_programs.TryGetValue(signature, out Program? program)) return program;
            program = Compile(signature, data);
            if (_programs.Count >= MostKept) _programs.Remove(_order.Dequeue());
            _programs.Add(signature, program);
            _order.Enqueue(signature);
            return program;
        }
    }

    private Program Compile(FunctionSignature signature, Tensor[] data)
    {
        FunctionResult? result = null;
        Graph graph = Trace.Function(
            signature.Parts,
            parts =>
            {
                Tensors results = Call(signature.Assemble(parts));
                result = new FunctionResult(results);
                return [.. result.Parts(results)];
            },
            hostData: () => data);
        return new Program(Jit.Compile(graph), result!, graph.Updates.Count > 0 ? _turn : null);
    }

    private static Func<Tensors, Tensors> WithCount(int count, Delegate function, Func<Tensors, Tensors> call)
    {
        ArgumentNullException.ThrowIfNull(function);
        return arguments => arguments.Count == count
            ? call(arguments)
            : throw new ArgumentException($"The compiled function takes {count} argument{(count == 1 ? "" : "s")}; it was given {arguments.Count}.", nameof(arguments));
    }

    /// <summary>The function for one signature.</summary>
    /// <param name="Executable">The program.</param>
    /// <param name="Result">What it gives.</param>
    /// <param name="Turn">Held while it runs; null if it updates nothing.</param>
    private sealed record Program(Executable Executable, FunctionResult Result, Lock? Turn)
    {
        public Tensors Run(Tensor[] parts)
        {
            if (Turn == null) return Result.Assemble(Executable.Run(parts));
            lock (Turn) return Result.Assemble(Executable.Run(parts));
        }
    }
}
