using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>The reading of one configuration, which may be anybody's: bounds what it takes, however little text asks for much.</summary>
/// <remarks>
/// Weights get their values last, when it is known how much memory all of them take; a configuration that is refused has
/// cost none.
/// </remarks>
internal sealed class Reading
{
    /// <summary>How deep values may be nested in one another.</summary>
    public const int MostDepth = 256;

    /// <summary>How many calls of layers may be traced: models within models that are called several times would multiply them without end.</summary>
    private const int MostCalls = 500_000;

    /// <summary>How many multiplications initial values may take: minutes.</summary>
    private const double MostWork = 3e11;

    private const int LongestMessage = 4000;

    [ThreadStatic]
    private static Reading? t_current;

    private readonly List<Variable> _variables = [];
    private readonly double _mostBytes = Math.Max(0, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetTotalMemory(forceFullCollection: false));
    private double _bytes;
    private double _work;
    private int _calls;

    /// <summary>The reading in progress on this thread; null if there is none.</summary>
    public static Reading? Current => t_current;

    /// <summary>Reads something within the bounds.</summary>
    /// <exception cref="ArgumentException">It is not valid, or asks for too much.</exception>
    public static T Run<T>(Func<T> read)
    {
        if (t_current != null) return read();
        t_current = new Reading();
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
        Stack<(JsonNode Node, int Depth)> open = new([(config, 1)]);
        while (open.TryPop(out (JsonNode Node, int Depth) top))
        {
            if (top.Depth > MostDepth) throw new ArgumentException($"The configuration is nested more than {MostDepth} deep.");
            if (top.Node is JsonValue value) _ = value.TryGetValue(out string? _);
            IEnumerable<JsonNode?> inner = top.Node switch { JsonObject named => named.Select(p => p.Value), JsonArray list => list, _ => [] };
            foreach (JsonNode? node in inner)
            {
                if (node is not null) open.Push((node, top.Depth + 1));
            }
        }
    }

    /// <summary>Counts calls of layers.</summary>
    public void AddCalls(int count)
    {
        _calls += count;
        if (_calls > MostCalls) throw new ArgumentException($"The configuration's models within models make more than {MostCalls} calls of layers.");
    }

    /// <summary>Counts multiplications that an initial value takes.</summary>
    public void AddWork(double multiplications, string what)
    {
        _work += multiplications;
        if (_work > MostWork) throw new ArgumentException($"{what} would take {_work:G3} multiplications; a configuration can ask for {MostWork:G3}.");
    }

    /// <summary>Takes in a variable, which gets its value at the end.</summary>
    public void Add(Variable variable)
    {
        double bytes = variable.DType.Size;
        foreach (int dim in variable.Shape.Dims) bytes *= dim;
        _bytes += bytes;
        if (_bytes > _mostBytes)
            throw new ArgumentException($"With '{variable.Name}' of shape {variable.Shape} the configuration's weights take {_bytes:G3} bytes, more than the {_mostBytes:G3} that are free here.");
        _variables.Add(variable);
    }

    private void Fill()
    {
        // By index: making a value can make variables.
        for (int i = 0; i < _variables.Count; i++)
        {
            Variable variable = _variables[i];
            BadConfig.Within($"Variable '{variable.Path}' of shape {variable.Shape}", variable.Cell.Fill);
        }
    }
}
