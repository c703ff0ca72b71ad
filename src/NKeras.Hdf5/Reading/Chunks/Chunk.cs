namespace NKeras.Hdf5.Reading;

/// <summary>Where a chunk of a dataset is.</summary>
/// <param name="Index">Which of the dataset's chunks it is, counted in row-major order.</param>
/// <param name="Address">Where in the file.</param>
/// <param name="Size">The bytes that it takes in the file.</param>
/// <param name="Mask">The filters that were left out.</param>
internal readonly record struct Chunk(long Index, long Address, long Size, uint Mask);
