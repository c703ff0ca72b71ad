namespace NKeras.Core;

/// <summary>Says whether types of 64 bits keep their width where operands meet.</summary>
/// <remarks>
/// Keras brings results of 64 bits down to 32. That is what <c>Ops</c> does for its caller, once: a function chooses the type, and
/// the functions it is composed of keep it. Who asks for float64, by <see cref="Config.SetFloatx"/> or by the type that a layer
/// computes in, gets it.
/// </remarks>
// Keras: brings float64 down even where it was asked for (except on TensorFlow); a float64 model would then not be one.
internal readonly ref struct WideScope
{
    [ThreadStatic]
    private static int t_functions;

    [ThreadStatic]
    private static bool t_wanted;

    private readonly (int Functions, bool Wanted) _outer;

    private WideScope(int functions, bool wanted)
    {
        _outer = (t_functions, t_wanted);
        (t_functions, t_wanted) = (functions, wanted);
    }

    /// <summary>Whether types of 64 bits keep their width.</summary>
    public static bool IsOpen => t_wanted || t_functions > 1 || Config.Floatx() == DType.Float64;

    /// <summary>Whether 64 bits are wanted here.</summary>
    public static bool IsWanted => t_wanted;

    /// <summary>Whether the function in progress is one that the user's code has called.</summary>
    public static bool IsOutermost => t_functions == 1;

    /// <summary>While a function of <c>Ops</c> runs: the functions that it calls keep the width that it has chosen.</summary>
    public static WideScope Function() => new(t_functions + 1, t_wanted);

    /// <summary>Where 64 bits are wanted; false leaves it as it is.</summary>
    public static WideScope Wanted(bool wanted = true) => new(t_functions, t_wanted || wanted);

    /// <summary>Where what is computed with a tensor is to have its width.</summary>
    public static WideScope Of(Tensor x) => Wanted(x.DType == DType.Float64);

    /// <summary>Closes the scope: what was before is back.</summary>
    public void Dispose() => (t_functions, t_wanted) = _outer;
}
