namespace NKeras.Training;

/// <summary>Where a <see cref="BatchSource"/> stands between two batches.</summary>
/// <param name="First">The number of the first pass of this call of <c>Fit</c>, on which the order of a shuffled one depends.</param>
/// <param name="Pass">How many passes over the data are over.</param>
/// <param name="Taken">How many batches of the present pass were taken.</param>
internal readonly record struct DataPosition(int First, int Pass, int Taken);
