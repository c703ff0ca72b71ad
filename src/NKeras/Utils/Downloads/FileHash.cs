using System.Security.Cryptography;

namespace NKeras.Downloads;

/// <summary>The SHA-256 or MD5 that a file must have.</summary>
internal sealed class FileHash
{
    private const int HexPerByte = 2;

    private FileHash(HashAlgorithmName algorithm, string hex)
    {
        Algorithm = algorithm;
        Hex = hex;
    }

    /// <summary>SHA-256 or MD5. MD5 detects accidents only; it is there because published datasets come with it.</summary>
    public HashAlgorithmName Algorithm { get; }

    /// <summary>The expected digest in lower-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>Reads a digest as users write it.</summary>
    /// <param name="hex">64 (SHA-256) or 32 (MD5) hexadecimal digits of either case.</param>
    /// <param name="algorithm"><c>"sha256"</c>, <c>"md5"</c>, or <c>"auto"</c>: by the number of digits.</param>
    /// <exception cref="ArgumentException">There is no such algorithm, or the digest is not one of its digests.</exception>
    public static FileHash Parse(string hex, string algorithm)
    {
        // Keras: takes whatever is not 64 digits long for an MD5 and finds the mistake after the download.
        (HashAlgorithmName name, int digits) = (algorithm, hex.Length) switch
        {
            ("sha256", _) or ("auto", SHA256.HashSizeInBytes * HexPerByte) => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes * HexPerByte),
            ("md5", _) or ("auto", MD5.HashSizeInBytes * HexPerByte) => (HashAlgorithmName.MD5, MD5.HashSizeInBytes * HexPerByte),
            ("auto", _) => throw new ArgumentException($"A file hash is 64 (SHA-256) or 32 (MD5) hexadecimal digits long. Received {hex.Length} characters: '{hex}'."),
            _ => throw new ArgumentException($"Unknown hash algorithm '{algorithm}'. Expected 'auto', 'sha256' or 'md5'."),
        };
        if (hex.Length != digits || !hex.All(char.IsAsciiHexDigit))
            throw new ArgumentException($"A hash of type {algorithm} has {digits} hexadecimal digits. Received '{hex}'.");
        return new FileHash(name, hex.ToLowerInvariant());
    }

    /// <summary>The digest of a file in lower-case hexadecimal digits.</summary>
    public string Of(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(CryptographicOperations.HashData(Algorithm, file));
    }
}
