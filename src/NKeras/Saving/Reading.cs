using System.Diagnostics;
using System.Text.Json.Nodes;
using NKeras.Saving.Older;

namespace NKeras.Saving;

/// <summary>The loading of one thing, which may be anybody's: bounds what it takes, however little asks for much.</summary>
/// <remarks>
/// Weights get their values last, when it is known how much memory all of them take; a configuration that is refused has
/// cost none.
/// </remarks>
internal sealed class Reading(LoadPolicy policy)
{
    /// <summary>What one value takes as a JsonNode, with its name and its place in a dictionary or list.</summary>
    public const int BytesOfNode = 160;

    private const int LongestMessage = 4000;

    [ThreadStatic]
    private static Reading? t_current;

    private readonly List<Variable> _variables = [];
    private readonly double _mostBytes = policy.MaxMemoryBytes ?? Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false));
    private readonly long _start = Stopwatch.GetTimestamp();
    private double _bytes;
    private double _work;
    private int _calls;

    /// <summary>The reading in progress on this thread; null if there is none.</summary>
    public static Reading? Current => t_current;

    /// <summary>The bounds of the reading in progress on this thread; the usual ones if there is none.</summary>
    public static LoadPolicy PolicyNow => t_current?.Policy ?? LoadPolicy.Default;

    /// <summary>The version of Keras that wrote what is read; null if it is not known.</summary>
    public KerasVersion? KerasVersion { get; set; }

    /// <summary>Whether vocabularies of layers come with what is read, in place of files that its configuration may name.</summary>
    public bool HasVocabularies { get; set; }

    /// <summary>The bounds.</summary>
    public LoadPolicy Policy => policy;

    /// <summary>Reads something within the bounds of a policy, or within those of the reading in progress: a part of something is no way around them.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="policy">The bounds; the usual ones if omitted.</param>
    /// <exception cref="ArgumentException">It is not valid, or asks for too much.</exception>
    public static T Run<T>(Func<T> read, LoadPolicy? policy = null)
    {
        if (t_current != null) return read();
        t_current = new Reading(policy ?? LoadPolicy.Default);
        try
        {
            T result = read();
            t_current.Fill();
            return result;
        }
        catch (Exception e) when (BadConfig.Causes(e) && (e is not ArgumentException || e.Message.Length > LongestMessage))
        {
            throw new ArgumentException(e.Message.Length > LongestMessage ? $"{e.Message[..LongestMessage]}..." : e.Message, e);
        }
        finally
        {
            t_current = null;
        }
    }

    /// <summary>Checks that values are not nested too deep for recursion, and that all text in them can be read.</summary>
    public static void Check(JsonNode config)
    {
        int maxDepth = PolicyNow.MaxDepth;
        Stack<(JsonNode Node, int Depth)> open = new([(config, 1)]);
        while (open.TryPop(out (JsonNode Node, int Depth) top))
        {
            if (top.Depth > maxDepth) throw new ArgumentException($"The configuration is nested more than {maxDepth} deep.");
            if (top.Node is JsonValue value) _ = value.TryGetValue(out string? _);
            IEnumerable<JsonNode?> inner = top.Node switch { JsonObject named => named.Select(p => p.Value), JsonArray list => list, _ => [] };
            foreach (JsonNode? node in inner)
            {
                if (node is not null) open.Push((node, top.Depth + 1));
            }
        }
    }

    /// <summary>Checks that loading has not taken too long.</summary>
    public void CheckTime()
    {
        if (Stopwatch.GetElapsedTime(_start) > policy.MaxTime) throw new ArgumentException($"Loading takes longer than the {policy.MaxTime.TotalSeconds:G3} s that the policy allows.");
    }

    /// <summary>Counts calls of layers.</summary>
    public void AddCalls(int count)
    {
        CheckTime();
        _calls += count;
        if (_calls > policy.MaxCalls) throw new ArgumentException($"The configuration's models within models make more than {policy.MaxCalls} calls of layers.");
    }

    /// <summary>Counts multiplications that an initial value takes.</summary>
    public void AddWork(double multiplications, string what)
    {
        CheckTime();
        _work += multiplications;
        if (_work > policy.MaxWork) throw new ArgumentException($"{what} would take {_work:G3} multiplications; a configuration can ask for {policy.MaxWork:G3}.");
    }

    /// <summary>Counts the values of a configuration, before any is made.</summary>
    public void AddNodes(long count) => TakeBytes((double)count * BytesOfNode, $"a configuration of {count} values");

    /// <summary>Counts memory that is about to be taken.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="what">For what, for the message.</param>
    public void TakeBytes(double bytes, string what)
    {
        CheckTime();
        _bytes += bytes;
        if (_bytes > _mostBytes) throw new ArgumentException($"With {what} loading takes {_bytes:G3} bytes, more than the {_mostBytes:G3} {Bound}.");
    }

    /// <summary>Takes in a variable, which gets its value at the end.</summary>
    public void Add(Variable variable)
    {
        CheckTime();
        double bytes = variable.DType.Size;
        foreach (int dim in variable.Shape.Dims) bytes *= dim;
        _bytes += bytes;
        if (_bytes > _mostBytes)
            throw new ArgumentException($"With '{variable.Path}' of shape {variable.Shape} the configuration's weights take {_bytes:G3} bytes, more than the {_mostBytes:G3} {Bound}.");
        _variables.Add(variable);
    }

    private string Bound => policy.MaxMemoryBytes == null ? "that are free here" : "that the policy allows";

    private void Fill()
    {
        // By index: making a value can make variables.
        for (int i = 0; i < _variables.Count; i++)
        {
            CheckTime();
            Variable variable = _variables[i];
            BadConfig.Within($"Variable '{variable.Path}' of shape {variable.Shape}", variable.Cell.Fill);
        }
    }
}
