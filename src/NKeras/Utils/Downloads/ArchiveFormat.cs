namespace NKeras.Downloads;

/// <summary>The archives that can be extracted.</summary>
internal enum ArchiveFormat
{
    /// <summary>Whichever the file's content says it is.</summary>
    Auto,

    /// <summary>Tar, plain or compressed with gzip.</summary>
    Tar,

    /// <summary>Zip.</summary>
    Zip,
}
