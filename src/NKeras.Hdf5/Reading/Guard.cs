namespace NKeras.Hdf5.Reading;

/// <summary>Turns what is wrong with a file into the one exception that callers see, with the object's path.</summary>
internal static class Guard
{
    public static T At<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsContent(e))
        {
            throw At(path, e);
        }
    }

    /// <summary>Whether an exception says that the file's content is wrong. Numbers that overflow are such a case: sums and products of what a file says are checked.</summary>
    public static bool IsContent(Exception e) => e is BadContent or OverflowException;

    public static Hdf5Exception At(string path, Exception e) => new($"HDF5 object '{path}': {Reason(e)}", e);

    public static string Reason(Exception e) => e is OverflowException ? "a size or address is too large; the file is damaged." : e.Message;
}
