using System.Reflection;
using System.Security.Cryptography;

namespace NKeras.Tests;

/// <summary>Files that come with the tests, and their hashes.</summary>
internal static class Fixture
{
    /// <summary>Four arrays named like MNIST's, in a file laid out as numpy.savez does (see Data/make_python_npz.py).</summary>
    public static byte[] PythonNpz
    {
        get
        {
            using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream("python.npz")!;
            using MemoryStream copy = new();
            resource.CopyTo(copy);
            return copy.ToArray();
        }
    }

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
