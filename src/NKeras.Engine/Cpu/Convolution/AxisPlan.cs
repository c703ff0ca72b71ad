namespace NKeras.Engine.Cpu;

/// <summary>
/// How outputs and taps meet along one axis: output <c>o</c> and tap <c>t</c> read the input at
/// <c>o * Stride + Offset + t * OffsetStep</c>. Forward convolution, its gradient and pooling are all of this form.
/// </summary>
/// <remarks>
/// The gradient with respect to the input of a strided convolution falls apart into as many plans as the stride:
/// input positions with the same remainder see the same taps, at a distance of one output each.
/// </remarks>
internal struct AxisPlan
{
    /// <summary>The number of taps.</summary>
    public int Taps;

    /// <summary>Where the first tap reads for output 0; negative in the padding.</summary>
    public int Offset;

    /// <summary>The distance between two taps, at least 1.</summary>
    public int OffsetStep;

    /// <summary>The distance between the reads of two outputs.</summary>
    public int Stride;

    /// <summary>The filter index of the first tap.</summary>
    public int FirstTap;

    /// <summary>The distance of the filter indices of two taps; negative in gradients, which run backwards.</summary>
    public int TapStep;

    /// <summary>The size of the axis that is read.</summary>
    public int InputSize;

    /// <summary>The number of outputs of this plan.</summary>
    public int Outputs;

    /// <summary>Where output 0 is stored.</summary>
    public int OutputStart;

    /// <summary>The distance between two outputs in memory, in positions.</summary>
    public int OutputStep;

    /// <summary>The plan of a forward pass.</summary>
    public static AxisPlan Forward(WindowAxis axis) => new()
    {
        Taps = axis.Window,
        Offset = -axis.Before,
        OffsetStep = axis.Dilation,
        Stride = axis.Stride,
        FirstTap = 0,
        TapStep = 1,
        InputSize = axis.Input,
        Outputs = axis.Output,
        OutputStart = 0,
        OutputStep = 1,
    };

    /// <summary>The plan of the gradient of the input positions <c>phase, phase + stride, phase + 2 stride, …</c>.</summary>
    public static AxisPlan Backward(WindowAxis axis, int phase)
    {
        int common = GreatestCommonDivisor(axis.Dilation, axis.Stride);
        int tapStep = axis.Stride / common;
        int shifted = phase + axis.Before;
        int first = 0;
        while (first < tapStep && (shifted - (first * axis.Dilation)) % axis.Stride != 0) first++;
        int taps = first == tapStep || first >= axis.Window ? 0 : ((axis.Window - 1 - first) / tapStep) + 1;
        int last = first + ((taps - 1) * tapStep);
        return new AxisPlan
        {
            Taps = taps,
            Offset = taps == 0 ? 0 : (shifted - (last * axis.Dilation)) / axis.Stride,
            OffsetStep = axis.Dilation / common,
            Stride = 1,
            FirstTap = last,
            TapStep = -tapStep,
            InputSize = axis.Output,
            Outputs = phase < axis.Input ? ((axis.Input - 1 - phase) / axis.Stride) + 1 : 0,
            OutputStart = phase,
            OutputStep = axis.Stride,
        };
    }

    /// <summary>Where the first tap of <paramref name="output"/> reads.</summary>
    public readonly int Start(int output) => (output * Stride) + Offset;

    /// <summary>The taps <c>[first, end)</c> that read inside the input for <paramref name="output"/>.</summary>
    public readonly void ValidTaps(int output, out int first, out int end)
    {
        int start = Start(output);
        first = 0;
        end = Taps;

        // Divisions take long, and most outputs are far from the padding.
        if (start < 0) first = (-start + OffsetStep - 1) / OffsetStep;
        if (start + ((Taps - 1) * OffsetStep) >= InputSize) end = start >= InputSize ? 0 : ((InputSize - 1 - start) / OffsetStep) + 1;
    }

    /// <summary>The outputs <c>[first, end)</c> for which <paramref name="tap"/> reads inside the input.</summary>
    public readonly void ValidOutputs(int tap, out int first, out int end)
    {
        int start = Offset + (tap * OffsetStep);
        first = start >= 0 ? 0 : (-start + Stride - 1) / Stride;
        end = start >= InputSize ? 0 : Math.Min(Outputs, ((InputSize - 1 - start) / Stride) + 1);
    }

    private static int GreatestCommonDivisor(int a, int b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
