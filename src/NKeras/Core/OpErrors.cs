namespace NKeras.Core;

/// <summary>Sees to it that what a function of <c>Ops</c> refuses is refused in its name, whichever of its parts found it out.</summary>
internal static class OpErrors
{
    /// <summary>Whether an error of the function that the user has called does not tell which function it is.</summary>
    /// <remarks>To be asked in an exception filter, while the function's scope is open.</remarks>
    public static bool IsNameless(ArgumentException error, string name) =>
        WideScope.IsOutermost && !error.Message.Contains(name, StringComparison.Ordinal) && !error.Message.StartsWith(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The same error with the function's name before it.</summary>
    public static ArgumentException Named(ArgumentException error, string name)
    {
        string suffix = $" (Parameter '{error.ParamName}')";
        string message = error.Message.EndsWith(suffix, StringComparison.Ordinal) ? error.Message[..^suffix.Length] : error.Message;
        return error is ArgumentOutOfRangeException
            ? new ArgumentOutOfRangeException(error.ParamName, $"{name}: {message}")
            : new ArgumentException($"{name}: {message}", error.ParamName, error);
    }
}
