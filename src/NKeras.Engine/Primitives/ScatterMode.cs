namespace NKeras.Engine.Primitives;

/// <summary>What <see cref="Scatter"/> does with an element and what comes to its place.</summary>
internal enum ScatterMode
{
    /// <summary>The new element takes the place; of several the last.</summary>
    Set,

    /// <summary>The greatest stays; NaN if one is.</summary>
    Max,

    /// <summary>The least stays; NaN if one is.</summary>
    Min,

    /// <summary>They are multiplied.</summary>
    Multiply,
}
