namespace NKeras.Engine.Cpu;

/// <summary>A program as a loop over elements that lie one after the other.</summary>
/// <param name="pointers">
/// The inputs, then the outputs. A splat input points to its one value. An output may be the very memory of an input
/// of the same element size, but must not overlap one in any other way.
/// </param>
/// <param name="count">The number of elements.</param>
internal unsafe delegate void ElementwiseLoop(void** pointers, nint count);
