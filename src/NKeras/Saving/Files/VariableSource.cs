namespace NKeras.Saving.Files;

/// <summary>Where a model's state is read from: arrays at the paths of objects.</summary>
internal abstract class VariableSource : IDisposable
{
    /// <summary>Whether there is anything at a path or under it.</summary>
    public abstract bool Has(string path);

    /// <summary>What there is for the object at a path; empty if there is nothing.</summary>
    public abstract StoredVariables Get(string path);

    /// <summary>Whether paths are those of Keras 2.12 and 2.13.</summary>
    public virtual bool IsOlder => false;

    public virtual void Dispose()
    {
    }
}
