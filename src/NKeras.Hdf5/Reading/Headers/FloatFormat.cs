namespace NKeras.Hdf5.Reading;

/// <summary>Where the parts of a floating-point number are, which is all that a file says about its type.</summary>
internal readonly record struct FloatFormat(int Size, int Sign, int ExponentAt, int ExponentBits, int MantissaBits, int Bias)
{
    private static readonly Dictionary<FloatFormat, Hdf5Type> s_known = new()
    {
        [new(2, 15, 10, 5, 10, 15)] = Hdf5Type.Float16,
        [new(4, 31, 23, 8, 23, 127)] = Hdf5Type.Float32,
        [new(8, 63, 52, 11, 52, 1023)] = Hdf5Type.Float64,
        [new(2, 15, 7, 8, 7, 127)] = Hdf5Type.BFloat16,
        [new(1, 7, 3, 4, 3, 7)] = Hdf5Type.Float8E4M3,
        [new(1, 7, 2, 5, 2, 15)] = Hdf5Type.Float8E5M2,
    };

    /// <summary>The type of these numbers; null if it is none that programs calculate with.</summary>
    public Hdf5Type? Type => s_known.GetValueOrDefault(this);
}
