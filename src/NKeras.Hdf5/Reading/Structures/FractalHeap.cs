using System.Buffers.Binary;
using System.Numerics;

namespace NKeras.Hdf5.Reading;

/// <summary>
/// A heap of links or attributes (HDF5 File Format Specification, III.G). Most objects lie in blocks that become larger and larger;
/// huge ones anywhere in the file, tiny ones in the place that should say where they are.
/// </summary>
internal sealed class FractalHeap
{
    private const string Name = "fractal heap";
    private const int ChecksumFlag = 1 << 1;

    private readonly FileReader _file;
    private readonly long _address;
    private readonly int _idSize;
    private readonly bool _hasChecksums;
    private readonly long _hugeTree;
    private readonly int _width;
    private readonly long _startSize;
    private readonly long _maxDirect;
    private readonly int _offsetSize;
    private readonly int _lengthSize;
    private readonly long _root;
    private readonly int _rootRows;
    private readonly Dictionary<long, byte[]> _blocks = [];
    private Dictionary<long, (long Address, long Size)>? _huge;

    private FractalHeap(FileReader file, long address)
    {
        _file = file;
        _address = address;
        byte[] header = file.Block(address, 26 + (12 * file.Sizes.Length) + (3 * file.Sizes.Address), Name);
        Fields fields = new(header, file.Sizes, Name);
        fields.Signature("FRHP"u8);
        fields.Version(0, 0);
        _idSize = fields.UInt16();
        int filters = fields.UInt16();
        if (filters > 0)
            throw new BadContent($"its {Name} is written with filters, which is not supported.");
        Checksum.Check(header, Name);
        _hasChecksums = (fields.Byte() & ChecksumFlag) != 0;
        long mostManaged = fields.UInt32();
        fields.Length();
        _hugeTree = fields.Address();
        fields.Length();
        fields.Address();
        fields.Skip(8 * file.Sizes.Length);
        _width = fields.UInt16();
        _startSize = fields.Length();
        _maxDirect = fields.Length();
        int bits = fields.UInt16();
        fields.Skip(2);
        _root = fields.Address();
        _rootRows = fields.UInt16();
        if (bits is 0 or > 62 || mostManaged == 0 || _idSize < 2 || !IsPowerOf2(_width) || !IsPowerOf2(_startSize) || !IsPowerOf2(_maxDirect) || _maxDirect < _startSize)
            throw Damaged();
        _offsetSize = (bits + 7) / 8;
        _lengthSize = Math.Min((Log2(_maxDirect) + 7) / 8, (Log2(mostManaged) / 8) + 1);
    }

    public static FractalHeap Open(FileReader file, long address) => new(file, address);

    /// <summary>The object with an identifier.</summary>
    public ReadOnlySpan<byte> Object(ReadOnlySpan<byte> id)
    {
        if (id.Length < _idSize)
            throw Damaged();
        id = id[.._idSize];
        Fields fields = new(id, _file.Sizes, Name);
        byte kind = fields.Byte();
        switch (kind >> 4)
        {
            case 0:
                long offset = fields.Count(_offsetSize);
                return Managed(offset, fields.Count(_lengthSize));
            case 1:
                return Huge(id[1..]);
            case 2:
                int length = kind & 15;
                if (id.Length - 1 > 16)
                    length = length << 8 | fields.Byte();
                return fields.Take(length + 1);
            default:
                throw Damaged();
        }
    }

    private static bool IsPowerOf2(long number) => number > 0 && BitOperations.IsPow2(number);

    private static int Log2(long number) => BitOperations.Log2((ulong)number);

    private static BadContent Damaged() => new($"its {Name} is damaged.");

    /// <summary>Blocks of the first two rows have the size that the heap starts with; after that each row has twice the size of the one before.</summary>
    private long RowSize(int row) => row < 62 ? checked(_startSize * (1L << Math.Max(0, row - 1))) : throw Damaged();

    private ReadOnlySpan<byte> Managed(long offset, long length)
    {
        long block = _root, start = 0, size = _startSize;
        int rows = _rootRows;
        while (rows > 0)
        {
            int row = 0;
            while (row < rows && offset - start >= checked(RowSize(row) * _width))
                start += RowSize(row++) * _width;
            if (row == rows)
                throw Damaged();
            long column = (offset - start) / RowSize(row);
            start += column * RowSize(row);
            block = Child(block, rows, checked((int)((row * _width) + column)));

            // A child with more than a direct block can hold is again a table, of so many rows that it holds as much.
            size = RowSize(row);
            int below = size <= _maxDirect ? 0 : Log2(size) - Log2(_startSize) - Log2(_width) + 1;
            rows = below < rows ? below : throw Damaged();
        }

        byte[] bytes = Block(block, size, "FHDB"u8);
        if (offset - start > size || length > size - (offset - start))
            throw Damaged();
        return bytes.AsSpan((int)(offset - start), (int)length);
    }

    private long Child(long address, int rows, int index)
    {
        int prefix = 5 + _file.Sizes.Address + _offsetSize;
        byte[] block = Block(address, checked(prefix + ((long)rows * _width * _file.Sizes.Address) + 4), "FHIB"u8);
        Fields fields = new(block, _file.Sizes, Name);
        fields.Skip(prefix + ((long)index * _file.Sizes.Address));
        return fields.Address();
    }

    private byte[] Block(long address, long size, ReadOnlySpan<byte> signature)
    {
        if (_blocks.TryGetValue(address, out byte[]? block) && block.Length == size)
            return block;
        _file.Budget.TakeMetadata(size);
        block = _file.Block(address, size, Name);
        Fields fields = new(block, _file.Sizes, Name);
        fields.Signature(signature);
        fields.Version(0, 0);
        if (fields.Address() != _address)
            throw Damaged();
        if (signature.SequenceEqual("FHIB"u8))
            Checksum.Check(block, Name);
        else if (_hasChecksums)
            CheckDirect(block, fields.Position + _offsetSize);
        return _blocks[address] = block;
    }

    /// <summary>A direct block's checksum is that of the block with zeros in the checksum's place.</summary>
    private static void CheckDirect(byte[] block, int at)
    {
        if (at + 4 > block.Length)
            throw Damaged();
        Span<byte> field = block.AsSpan(at, 4);
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(field);
        field.Clear();
        if (Checksum.Of(block) != stored)
            throw new BadContent($"the checksum of its {Name} is wrong; the file is damaged.");
    }

    private byte[] Huge(ReadOnlySpan<byte> id)
    {
        Fields fields = new(id, _file.Sizes, Name);
        (long Address, long Size) place;
        if (id.Length >= _file.Sizes.Address + _file.Sizes.Length)
        {
            long address = fields.Address();
            place = (address, fields.Length());
        }
        else
        {
            _huge ??= ReadHuge();
            if (!_huge.TryGetValue(fields.Count(Math.Min(id.Length, _file.Sizes.Length)), out place))
                throw Damaged();
        }

        _file.Budget.TakeMetadata(place.Size);
        return _file.Block(place.Address, place.Size, Name);
    }

    private Dictionary<long, (long Address, long Size)> ReadHuge()
    {
        Dictionary<long, (long Address, long Size)> places = [];
        BTreeV2.Walk(_file, _hugeTree, kind: 1, record =>
        {
            Fields fields = new(record, _file.Sizes, Name);
            long address = fields.Address();
            long size = fields.Length();
            places[fields.Length()] = (address, size);
        });
        return places;
    }
}
