namespace NKeras.Saving;

/// <summary>A function in the place of an object: configurations hold the name that it is registered under.</summary>
internal interface IFunctionObject
{
    /// <summary>The function.</summary>
    Delegate Function { get; }
}
