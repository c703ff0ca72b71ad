namespace NKeras.Engine.Cpu;

/// <summary>
/// The operands of a register block: <c>Y[r, j] = max(Floor, Init[r, j] + Σ X[r, k] * W[k, j])</c>, where <c>k</c>
/// runs through three nested loops, <c>j</c> through one or two vectors and <c>r</c> through the rows of the block.
/// All distances are in floats.
/// </summary>
/// <remarks>
/// In a forward pass and in the gradient of the input, <c>r</c> are pixels, <c>k</c> taps and channels, <c>j</c>
/// output channels. In the gradient of the filter, <c>r</c> are input channels, <c>k</c> pixels and <c>j</c> output
/// channels.
/// </remarks>
internal unsafe struct BlockArguments
{
    /// <summary>What is broadcast: the element of row 0 at the start of all three loops.</summary>
    public float* X;

    /// <summary>The distance between two rows of the block in <see cref="X"/>.</summary>
    public nint XRowStride;

    /// <summary>What is read as vectors.</summary>
    public float* W;

    /// <summary>The passes of the outer loop.</summary>
    public int OuterCount;

    /// <summary>The distance in <see cref="X"/> between passes of the outer loop.</summary>
    public nint XOuterStep;

    /// <summary>The distance in <see cref="W"/> between passes of the outer loop.</summary>
    public nint WOuterStep;

    /// <summary>The passes of the middle loop.</summary>
    public int MiddleCount;

    /// <summary>The distance in <see cref="X"/> between passes of the middle loop.</summary>
    public nint XMiddleStep;

    /// <summary>The distance in <see cref="W"/> between passes of the middle loop.</summary>
    public nint WMiddleStep;

    /// <summary>The passes of the inner loop.</summary>
    public int InnerCount;

    /// <summary>The distance in <see cref="X"/> between passes of the inner loop.</summary>
    public nint XInnerStep;

    /// <summary>The distance in <see cref="W"/> between passes of the inner loop.</summary>
    public nint WInnerStep;

    /// <summary>What the sums start from.</summary>
    public float* Init;

    /// <summary>The distance between two rows of <see cref="Init"/>; 0 gives every row the same start.</summary>
    public nint InitStride;

    /// <summary>Where the sums go; may be <see cref="Init"/>.</summary>
    public float* Y;

    /// <summary>The distance between two rows of <see cref="Y"/>.</summary>
    public nint YStride;

    /// <summary>The least result: 0 for a rectified one, negative infinity for any.</summary>
    public float Floor;
}
