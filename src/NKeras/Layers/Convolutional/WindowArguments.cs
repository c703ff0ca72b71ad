namespace NKeras.Layers;

/// <summary>How a convolution's window is made and moves, as given; one number for each spatial axis.</summary>
/// <param name="KernelSize">The window's size.</param>
/// <param name="Strides">Its steps.</param>
/// <param name="Padding">How the input is padded.</param>
/// <param name="DataFormat">Where the channels are; the global setting for null.</param>
/// <param name="DilationRate">The distance between the window's elements.</param>
internal sealed record WindowArguments(int[] KernelSize, int[] Strides, string Padding, string? DataFormat, int[] DilationRate);
