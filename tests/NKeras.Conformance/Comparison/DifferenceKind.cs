namespace NKeras.Conformance.Comparison;

/// <summary>What a result can differ in.</summary>
internal enum DifferenceKind
{
    /// <summary>There are other results, or results in another structure.</summary>
    Structure,

    /// <summary>A tensor has another shape.</summary>
    Shape,

    /// <summary>A tensor has another element type.</summary>
    DType,

    /// <summary>An element has another value.</summary>
    Value,

    /// <summary>A gradient differs.</summary>
    Gradient,

    /// <summary>The call throws where Keras's does not, or cannot be written.</summary>
    Error,

    /// <summary>The call does not throw an argument exception where Keras's throws.</summary>
    NoError,
}
