namespace NKeras.Engine.Cpu;

/// <summary>What a fused graph node does to the result of a convolution while it is still in the cache.</summary>
internal abstract unsafe class ConvolutionEpilogue
{
    /// <summary>Changes finished channels of one output pixel in place. Called once for each, from any thread.</summary>
    /// <param name="y">The first of the channels.</param>
    /// <param name="pixelIndex">The pixel, counted through the whole output: <c>(n * OH + oh) * OW + ow</c>.</param>
    /// <param name="channel">The number of the first channel.</param>
    /// <param name="count">How many channels of this pixel are finished now.</param>
    public abstract void Apply(float* y, nint pixelIndex, int channel, int count);
}
