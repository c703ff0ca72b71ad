using System.Buffers.Binary;
using NKeras.Hdf5.Reading;

namespace NKeras.Hdf5.Tests;

/// <summary>Damages files at random: bytes, fields and stretches, mostly where structures are; checksums are made right again half of the time, because else few changes would get past them.</summary>
internal sealed class Mutation
{
    private const int LongestStructure = 6000;

    private static readonly string[] s_signatures =
        ["\u0089HDF", "TREE", "SNOD", "HEAP", "GCOL", "OHDR", "OCHK", "FRHP", "FHIB", "FHDB", "BTHD", "BTIN", "BTLF", "FAHD", "FADB", "EAHD", "EAIB", "EASB", "EADB", "SMTB"];

    private static readonly ulong[] s_odd = [0, 1, 2, 7, 8, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xffffffff, 1UL << 40, long.MaxValue, ulong.MaxValue, ulong.MaxValue - 1];

    private readonly byte[] _original;
    private readonly List<int> _structures = [];
    private readonly List<(int Start, int End)> _checked = [];

    public Mutation(byte[] original)
    {
        _original = original;
        for (int at = 0; at + 4 <= original.Length; at++)
        {
            if (!s_signatures.Any(signature => Matches(at, signature)))
                continue;
            _structures.Add(at);
            for (int end = at + 8; end + 4 <= Math.Min(original.Length, at + LongestStructure); end++)
            {
                if (BinaryPrimitives.ReadUInt32LittleEndian(original.AsSpan(end)) is not 0 and var stored && stored == Checksum.Of(original.AsSpan(at, end - at)))
                {
                    _checked.Add((at, end));
                    break;
                }
            }
        }
    }

    public byte[] Next(Random random)
    {
        byte[] bytes = [.. _original];
        for (int changes = 1 + random.Next(3); changes > 0; changes--)
            Change(bytes, random);
        if (random.Next(2) == 0)
        {
            foreach ((int start, int end) in _checked)
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(end), Checksum.Of(bytes.AsSpan(start, end - start)));
        }

        return random.Next(20) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }

    private void Change(byte[] bytes, Random random)
    {
        int at = random.Next(3) == 0 ? random.Next(bytes.Length)
            : Math.Min(bytes.Length - 1, _structures[random.Next(_structures.Count)] + random.Next(random.Next(2) == 0 ? 40 : 400));
        switch (random.Next(5))
        {
            case 0:
                bytes[at] = (byte)random.Next(256);
                break;
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 2:
                int size = Math.Min(1 << random.Next(4), bytes.Length - at);
                Span<byte> field = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(field, s_odd[random.Next(s_odd.Length)]);
                field[..size].CopyTo(bytes.AsSpan(at));
                break;
            case 3:
                // What leads elsewhere: the address of another structure.
                BinaryPrimitives.WriteUInt64LittleEndian(field = stackalloc byte[8], (ulong)_structures[random.Next(_structures.Count)]);
                field[..Math.Min(8, bytes.Length - at)].CopyTo(bytes.AsSpan(at));
                break;
            default:
                int from = random.Next(bytes.Length), length = Math.Min(random.Next(1, 64), bytes.Length - Math.Max(at, from));
                bytes.AsSpan(from, length).ToArray().CopyTo(bytes, at);
                break;
        }
    }

    private bool Matches(int at, string signature)
    {
        for (int i = 0; i < signature.Length; i++)
        {
            if (_original[at + i] != signature[i])
                return false;
        }

        return true;
    }
}
