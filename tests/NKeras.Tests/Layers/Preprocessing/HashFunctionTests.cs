using System.Text;
using NKeras.Layers.Preprocessing;

namespace NKeras.Tests.Layers.Preprocessing;

public class HashFunctionTests
{
    // TensorFlow's string_to_hash_bucket_op_test.py, testStringToHashBucketsFast.
    [Theory]
    [InlineData("a", 12917804110809363939)]
    [InlineData("b", 11795596070477164822)]
    [InlineData("c", 11430444447143000872)]
    [InlineData("d", 4470636696479570465)]
    // Guava's FarmHashFingerprint64Test.testReallySimpleFingerprints.
    [InlineData("test", 8581389452482819506)]
    [InlineData("testtesttesttesttesttesttesttest", unchecked((ulong)-4196240717365766262))]
    // Urban Airship's FarmHashFingerprint64Test (android-library).
    [InlineData("dXB@tDQ-v5<H]rq2Pcc*s>nC-[Mdy", 8365906589669344754)]
    [InlineData("!@#$%^&*():=-_][\\|/?.,<> ", 11772040268694734364)]
    [InlineData("&&3gRU?[^&ok:He[|K:", 11792583603419566171)]
    [InlineData("9JqLl0AW7e69Y.&vMHQ5C", 2827089714349584095)]
    [InlineData("F7479877-4690-4A44-AFC9-8FE987EA512F:some_other_id", 6862335115798125349)]
    [InlineData("/dWQW6&i7h$1@", 11452602314494946942)]
    [InlineData("2/?98ns)xbzEVL^:wCS$7l3@_g!zP^<D.-bd6", 9728733090894310797)]
    [InlineData("?c^6BkI#-SLw", 13133570674398037786)]
    public void FingerprintsAreFarmHashs(string text, ulong expected) =>
        Assert.Equal(expected, FarmHash64.Fingerprint(Encoding.UTF8.GetBytes(text)));

    [Fact]
    // Guava's FarmHashFingerprint64Test.testReallySimpleFingerprints: 256 characters.
    public void FingerprintsOfLongTextsAreFarmHashs() =>
        Assert.Equal(3500507768004279527UL, FarmHash64.Fingerprint(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("test", 64)))));

    [Fact]
    public void FingerprintsOfAllLengthsAreFarmHashs()
    {
        // The procedure and its result are those of Guava's FarmHashFingerprint64Test.testMultipleLengths: a chain of fingerprints of 0 to 3200 bytes.
        const int Iterations = 800;
        byte[] buffer = new byte[Iterations * 4];
        int length = 0;
        long h = 0;
        void Add(int count)
        {
            h ^= (long)FarmHash64.Fingerprint(buffer.AsSpan(0, count));
            h ^= (long)((ulong)h >> 41);
            h *= 949921979;
            buffer[length++] = (byte)('a' + ((h & 0xfffff) % 26));
        }

        for (int i = 0; i < Iterations; i++)
        {
            Add(i);
            Add(i * i % length);
            Add(i * i * i % length);
            Add(length);
            (int x0, int x1, int x2, int x3) = (buffer[length - 1], buffer[length - 2], buffer[length - 3], buffer[length / 2]);
            buffer[((x0 << 16) + (x1 << 8) + x2) % length] ^= (byte)x3;
            buffer[((x1 << 16) + (x2 << 8) + x3) % length] ^= (byte)(i % 256);
        }

        Assert.Equal(0x7a1d67c50ec7e167L, h);
    }

    [Fact]
    public void TheFingerprintOfNothingIsAConstant() => Assert.Equal(0x9ae16a3b2f90404fUL, FarmHash64.Fingerprint([]));

    [Fact]
    public void JoinedFingerprintsAreTensorFlows()
    {
        // TensorFlow's sparse_cross_op_test.py, test_hashed_zero_bucket_no_hash_key and test_hashed_zero_bucket.
        static long Cross(ulong key) =>
            (long)(new[] { "batch1-FC1-F1", "batch1-FC2-F1", "batch1-FC3-F1" }.Aggregate(key, (h, t) => FarmHash64.Join(h, FarmHash64.Fingerprint(Encoding.UTF8.GetBytes(t)))) % long.MaxValue);
        Assert.Equal(1971693436396284976, Cross(0xDECAFCAFFE));
        Assert.Equal(4847552627144134031, Cross(0xDECAFCAFFE + 1));
    }

    [Fact]
    public void HashesWithAKeyAreSipHashs()
    {
        // The reference implementation's vectors (siphash24.c of the authors): key 00 01 … 0f, inputs of 0 to 63 bytes 00 01 02 ….
        ulong[] expected =
        [
            0x726fdb47dd0e0e31, 0x74f839c593dc67fd, 0x0d6c8009d9a94f5a, 0x85676696d7fb7e2d, 0xcf2794e0277187b7, 0x18765564cd99a68d, 0xcbc9466e58fee3ce, 0xab0200f58b01d137,
            0x93f5f5799a932462, 0x9e0082df0ba9e4b0, 0x7a5dbbc594ddb9f3, 0xf4b32f46226bada7, 0x751e8fbc860ee5fb, 0x14ea5627c0843d90, 0xf723ca908e7af2ee, 0xa129ca6149be45e5,
            0x3f2acc7f57c29bdb, 0x699ae9f52cbe4794, 0x4bc1b3f0968dd39c, 0xbb6dc91da77961bd, 0xbed65cf21aa2ee98, 0xd0f2cbb02e3b67c7, 0x93536795e3a33e88, 0xa80c038ccd5ccec8,
            0xb8ad50c6f649af94, 0xbce192de8a85b8ea, 0x17d835b85bbb15f3, 0x2f2e6163076bcfad, 0xde4daaaca71dc9a5, 0xa6a2506687956571, 0xad87a3535c49ef28, 0x32d892fad841c342,
            0x7127512f72f27cce, 0xa7f32346f95978e3, 0x12e0b01abb051238, 0x15e034d40fa197ae, 0x314dffbe0815a3b4, 0x027990f029623981, 0xcadcd4e59ef40c4d, 0x9abfd8766a33735c,
            0x0e3ea96b5304a7d0, 0xad0c42d6fc585992, 0x187306c89bc215a9, 0xd4a60abcf3792b95, 0xf935451de4f21df2, 0xa9538f0419755787, 0xdb9acddff56ca510, 0xd06c98cd5c0975eb,
            0xe612a3cb9ecba951, 0xc766e62cfcadaf96, 0xee64435a9752fe72, 0xa192d576b245165a, 0x0a8787bf8ecb74b2, 0x81b3e73d20b49b6f, 0x7fa8220ba3b2ecea, 0x245731c13ca42499,
            0xb78dbfaf3a8d83bd, 0xea1ad565322a1a0b, 0x60e61c23a3795013, 0x6606d7e446282b93, 0x6ca4ecb15c5f91e1, 0x9f626da15c9625f3, 0xe51b38608ef25f57, 0x958a324ceb064572,
        ];
        byte[] input = [.. Enumerable.Range(0, 64).Select(i => (byte)i)];
        Assert.Equal(expected, Enumerable.Range(0, 64).Select(n => SipHash.Of(input.AsSpan(0, n), (0x0706050403020100, 0x0f0e0d0c0b0a0908))));
    }

    [Theory]
    // TensorFlow's string_to_hash_bucket_op_test.py, testStringToHashBucketsStrong: key [98765, 132].
    [InlineData("a", 7157389809176466784)]
    [InlineData("b", 15805638358933211562)]
    [InlineData("c", 18100027895074076528)]
    public void HashesWithAKeyAreTensorFlows(string text, ulong expected) => Assert.Equal(expected, SipHash.Of(Encoding.UTF8.GetBytes(text), (98765, 132)));

    [Fact]
    public void BucketsAreTheHashOfUtf8()
    {
        // Any text's bucket is that of its bytes, whatever its length and alphabet; numbers' are those of their digits.
        Random random = new(5);
        HashBuckets fast = new("Layer 'h'", 1_000_003, null), strong = new("Layer 'h'", 1_000_003, (3, 4));
        string[] alphabet = ["a", "é", "ß", "Ω", "水", "🐱", "\u200d", "\0", " "];
        for (int i = 0; i < 500; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(i < 400 ? 40 : 400)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Assert.Equal((long)(FarmHash64.Fingerprint(bytes) % 1_000_003), fast.Of(text));
            Assert.Equal((long)(SipHash.Of(bytes, (3, 4)) % 1_000_003), strong.Of(text));
        }

        foreach (long number in (long[])[0, -1, 7, long.MinValue, long.MaxValue]) Assert.Equal(fast.Of(number.ToString(System.Globalization.CultureInfo.InvariantCulture)), fast.Of(number));
    }

    [Fact]
    public void HalfASurrogatePairIsRefused()
    {
        // Attributes cannot hold such texts.
        foreach ((string text, int place) in ((string, int)[])[("ab\ud83d", 2), ("\udc31cat", 0), ("水\ud83d\ud83d\udc31", 1)])
        {
            ArgumentException e = Assert.Throws<ArgumentException>(() => new HashBuckets("Layer 'codes'", 10, null).Of(text));
            Assert.Contains("Layer 'codes'", e.Message);
            Assert.Contains($"position {place} of {text.Length}", e.Message);
        }
    }
}
