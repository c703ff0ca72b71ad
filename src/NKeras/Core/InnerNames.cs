namespace NKeras.Core;

/// <summary>
/// The names of the symbolic tensors inside a nested model while its results are inferred. Keras makes one for every call in it
/// if the shapes are not those the model was made with, and the last ones are the results.
/// </summary>
internal sealed class InnerNames
{
    [ThreadStatic]
    private static InnerNames? t_wanted;

    /// <summary>The names of the results, once the model has run.</summary>
    public IReadOnlyList<string>? Results { get; set; }

    /// <summary>Runs a model; the names go here.</summary>
    public T Collect<T>(Func<T> run)
    {
        t_wanted = this;
        try
        {
            return run();
        }
        finally
        {
            t_wanted = null;
        }
    }

    /// <summary>Where the model that is about to run puts its names; null if nobody wants them. Only the first to ask gets it.</summary>
    public static InnerNames? Take()
    {
        (InnerNames? wanted, t_wanted) = (t_wanted, null);
        return wanted;
    }
}
