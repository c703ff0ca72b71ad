using System.Text;
using NKeras.Saving;

namespace NKeras.Tests.Saving;

/// <summary>Archives of NumPy's arrays with pickles in them, and with arrays that are not what they say.</summary>
public class HostileNpzTests
{
    /// <summary>Python's <c>pickle.dumps</c>, protocol 0, of an object that opens a file when it is read.</summary>
    private static readonly byte[] s_pickle = Encoding.ASCII.GetBytes("cio\nopen\np0\n(Vnkeras-marker\np1\nVw\np2\ntp3\nRp4\n.");

    [Theory]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (3, 2), }")]
    [InlineData("{'descr': '|O', 'fortran_order': False, 'shape': (), }")]
    [InlineData("{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (3, 2), }")]
    public void PicklesAreRefused(string header)
    {
        byte[] array = [.. Header(header), .. s_pickle];
        HostileFile.RefusedAsWeights(Zip(("arr_0.npy", array), ("arr_1.npy", Bias())), "a.npz", "arr_0");
        HostileFile.RefusedAsWeights(Zip(("layers/dense/vars/0.npy", array), ("layers/dense/vars/1.npy", Bias())), "a.npz", "vars/0");
        HostileFile.RefusedAsModel(InArchive(Zip(("layers/dense/vars/0.npy", array), ("layers/dense/vars/1.npy", Bias()))), "vars/0");
        // Keras's own: all variables of an object in one pickle.
        HostileFile.RefusedAsWeights(Zip(("layers/dense/vars.npy", array)), "a.npz", "dense");
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1, 2), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2)")]
    [InlineData("{'descr': '<f16', 'fortran_order': False, 'shape': (3, 2), }")]
    [InlineData("{'descr': 'f4', 'fortran_order': __import__('os').system('touch nkeras-marker'), 'shape': (3, 2), }")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), 'extra': 1}")]
    [InlineData("{'descr': '<f4', 'descr': '|O', 'fortran_order': False, 'shape': (3, 2)}")]
    public void HeadersThatNoArrayHasAreRefused(string header) =>
        HostileFile.RefusedAsWeights(Zip(("arr_0.npy", [.. Header(header), .. new byte[24]]), ("arr_1.npy", Bias())), "a.npz", "arr_0");

    [Fact]
    public void DeepHeadersAreRefused() =>
        HostileFile.RefusedAsWeights(Zip(("arr_0.npy", [.. Header(new string('(', 60_000)), .. new byte[24]]), ("arr_1.npy", Bias())), "a.npz", "arr_0");

    [Fact]
    public void TwoArraysOfOneNameAreRefused()
    {
        byte[] kernel = [.. Header("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }"), .. new byte[24]];
        HostileFile.RefusedAsWeights(Zip(("arr_0.npy", kernel), ("arr_0.npy", kernel), ("arr_1.npy", Bias())), "a.npz", "arr_0");
        HostileFile.RefusedAsWeights(Zip(("arr_0.npy", kernel), ("ARR_0.npy", kernel), ("arr_1.npy", Bias())), "a.npz", "ARR_0");
        HostileFile.RefusedAsWeights(ZipBytes.Of([new ZipMember("arr_0.npy", kernel) { Crc = 5 }, new ZipMember("arr_1.npy", Bias())]), "a.npz", "checksum");
        HostileFile.RefusedAsModel(Zip(("arr_0.npy", kernel), ("arr_1.npy", Bias())), "weights");
        using TemporaryFolder folder = new();
        Model model = HostileFile.Small();
        model.LoadWeights(folder.Write("a.npz", Zip(("arr_0.npy", kernel), ("arr_1.npy", Bias()))), policy: HostileFile.Policy);
        Assert.Equal(new float[6], model.GetWeights()[0].ToArray<float>());
    }

    private static byte[] Bias() => [.. Header("{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }"), .. new byte[8]];

    private static byte[] Header(string text)
    {
        byte[] content = Encoding.ASCII.GetBytes(text + "\n");
        return [0x93, .. "NUMPY"u8, 1, 0, (byte)content.Length, (byte)(content.Length >> 8), .. content];
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] members) => ZipBytes.Of(members);

    private static byte[] InArchive(byte[] weights) => Zip(
        ("metadata.json", "{}"u8.ToArray()), ("config.json", Encoding.UTF8.GetBytes(HostileFile.Config())), ("model.weights.npz", weights));
}
