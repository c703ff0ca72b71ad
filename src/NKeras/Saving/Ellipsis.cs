namespace NKeras.Saving;

/// <summary>Python's <c>...</c> in a configuration.</summary>
internal sealed class Ellipsis
{
    private Ellipsis()
    {
    }

    public static Ellipsis Instance { get; } = new();
}
