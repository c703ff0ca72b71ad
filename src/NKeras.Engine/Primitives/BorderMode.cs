namespace NKeras.Engine.Primitives;

/// <summary>What is beyond the border of an array whose elements are looked up.</summary>
internal enum BorderMode
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The last element: a a | a b c | c c.</summary>
    Nearest,

    /// <summary>The array again: b c | a b c | a b.</summary>
    Wrap,

    /// <summary>The array mirrored at its last element: c b | a b c | b a.</summary>
    Mirror,

    /// <summary>The array mirrored at its end: b a | a b c | c b.</summary>
    Reflect,
}
