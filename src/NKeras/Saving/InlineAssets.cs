namespace NKeras.Saving;

/// <summary>
/// Whether what layers keep as files of their own, such as vocabularies, is to be written into their configurations, since what is written has no place
/// for files.
/// </summary>
// Keras: a legacy file loses a vocabulary that was learned, and predicts other numbers when it is loaded.
internal static class InlineAssets
{
    /// <summary>Whether it is, on this thread.</summary>
    [field: ThreadStatic]
    public static bool AreWanted { get; private set; }

    /// <summary>Writes configurations that hold all.</summary>
    public static T Write<T>(Func<T> write)
    {
        AreWanted = true;
        try
        {
            return write();
        }
        finally
        {
            AreWanted = false;
        }
    }
}
