using System.Numerics;

namespace NKeras.Hdf5.Reading;

/// <summary>
/// An array without an end (HDF5 File Format Specification, VII.D). Its first entries are in the index block; the others in data blocks,
/// of which the index block leads to the first, and super blocks to the others.
/// </summary>
internal sealed class ExtensibleArray
{
    private const string Name = "extensible array";

    private readonly FileReader _file;
    private readonly byte _client;
    private readonly Entry _visit;
    private readonly HashSet<long> _visited = [];
    private readonly int _entrySize;
    private readonly int _offsetSize;
    private readonly int _indexLength;
    private readonly int _shortest;
    private readonly int _fewestBlocks;
    private readonly long _pageLength;
    private readonly int _superBlocks;
    private readonly long _indexBlock;

    private ExtensibleArray(FileReader file, long address, bool filtered, Entry visit)
    {
        _file = file;
        _client = (byte)(filtered ? 1 : 0);
        _visit = visit;
        byte[] header = file.Block(address, 12 + (6 * file.Sizes.Length) + file.Sizes.Address + 4, Name);
        Checksum.Check(header, Name);
        Fields fields = Begin(header, "EAHD"u8);
        _entrySize = fields.Byte();
        int bits = fields.Byte();
        _indexLength = fields.Byte();
        _shortest = fields.Byte();
        _fewestBlocks = fields.Byte();
        _pageLength = 1L << Math.Min(fields.Byte(), (byte)62);
        fields.Skip(6 * file.Sizes.Length);
        _indexBlock = fields.Address();
        _offsetSize = (bits + 7) / 8;
        _superBlocks = 1 + bits - BitOperations.Log2((uint)_shortest);
        if (bits > 62 || !BitOperations.IsPow2(_shortest) || !BitOperations.IsPow2(_fewestBlocks) || _superBlocks < FirstSuperBlock)
            throw new BadContent($"its {Name} has impossible sizes; the file is damaged.");
    }

    /// <summary>Gets an entry and its place in the array.</summary>
    public delegate void Entry(ReadOnlySpan<byte> entry, long place);

    /// <summary>How many super blocks there would be before the first that is in the file: the index block leads to their data blocks itself.</summary>
    private int FirstSuperBlock => 2 * BitOperations.Log2((uint)_fewestBlocks);

    public static void Read(FileReader file, long address, bool filtered, Entry visit)
    {
        ExtensibleArray array = new(file, address, filtered, visit);
        if (array._indexBlock != Fields.Undefined)
            array.ReadIndexBlock();
    }

    private static long BlocksOf(int superBlock) => 1L << (superBlock / 2);

    private long LengthOf(int superBlock) => checked((1L << ((superBlock + 1) / 2)) * _shortest);

    private void ReadIndexBlock()
    {
        int directBlocks = 2 * (_fewestBlocks - 1);
        int prefix = 6 + _file.Sizes.Address;
        byte[] block = Block(_indexBlock, prefix + (_indexLength * _entrySize)
            + ((directBlocks + _superBlocks - FirstSuperBlock) * _file.Sizes.Address) + 4);
        Checksum.Check(block, Name);
        Fields fields = Begin(block, "EAIB"u8);
        fields.Skip(_file.Sizes.Address);
        Visit(ref fields, 0, _indexLength);

        long place = _indexLength;
        for (int superBlock = 0; superBlock < FirstSuperBlock; superBlock++)
        {
            for (long i = 0; i < BlocksOf(superBlock); i++)
            {
                if (fields.Address() is var address and not Fields.Undefined)
                    ReadDataBlock(address, place, LengthOf(superBlock), [], 0, 0);
                place += LengthOf(superBlock);
            }
        }

        for (int superBlock = FirstSuperBlock; superBlock < _superBlocks; superBlock++)
        {
            if (fields.Address() is var address and not Fields.Undefined)
                ReadSuperBlock(address, place, superBlock);
            place = checked(place + (BlocksOf(superBlock) * LengthOf(superBlock)));
        }
    }

    private void ReadSuperBlock(long address, long place, int superBlock)
    {
        long blocks = BlocksOf(superBlock), length = LengthOf(superBlock);
        long pages = length > _pageLength ? length / _pageLength : 0;
        long bitmap = (pages + 7) / 8;
        byte[] block = Block(address, checked(6 + _file.Sizes.Address + _offsetSize + (blocks * (bitmap + _file.Sizes.Address)) + 4));
        Checksum.Check(block, Name);
        Fields fields = Begin(block, "EASB"u8);
        fields.Skip(_file.Sizes.Address + _offsetSize);
        ReadOnlySpan<byte> bitmaps = fields.Take(blocks * bitmap);
        for (long i = 0; i < blocks; i++)
        {
            if (fields.Address() is var dataBlock and not Fields.Undefined)
                ReadDataBlock(dataBlock, checked(place + (i * length)), length, bitmaps, i * pages, pages);
        }
    }

    /// <param name="address">Where the block is.</param>
    /// <param name="place">The place of its first entry in the array.</param>
    /// <param name="length">How many entries it has.</param>
    /// <param name="bitmap">A bit for each page of the super block's data blocks that is used, one after the other.</param>
    /// <param name="firstBit">The bit of the block's first page.</param>
    /// <param name="pages">How many pages the block is divided into; 0 for none.</param>
    private void ReadDataBlock(long address, long place, long length, ReadOnlySpan<byte> bitmap, long firstBit, long pages)
    {
        int prefix = 6 + _file.Sizes.Address + _offsetSize;
        byte[] block = Block(address, checked(prefix + (pages > 0 ? 0 : length * _entrySize) + 4));
        Checksum.Check(block, Name);
        Fields fields = Begin(block, "EADB"u8);
        fields.Skip(_file.Sizes.Address + _offsetSize);
        if (pages == 0)
        {
            Visit(ref fields, place, length);
            return;
        }

        long size = checked((_pageLength * _entrySize) + 4);
        for (long page = 0; page < pages; page++)
        {
            long bit = firstBit + page;
            if ((bitmap[(int)(bit / 8)] & 0x80 >> (int)(bit % 8)) == 0)
                continue;
            byte[] entries = Block(checked(address + prefix + 4 + (page * size)), size);
            Checksum.Check(entries, Name);
            fields = new Fields(entries, _file.Sizes, Name);
            Visit(ref fields, checked(place + (page * _pageLength)), _pageLength);
        }
    }

    private void Visit(ref Fields fields, long place, long length)
    {
        for (long i = 0; i < length; i++)
            _visit(fields.Take(_entrySize), checked(place + i));
    }

    private Fields Begin(byte[] block, ReadOnlySpan<byte> signature)
    {
        Fields fields = new(block, _file.Sizes, Name);
        fields.Signature(signature);
        fields.Version(0, 0);
        return fields.Byte() == _client ? fields
            : throw new BadContent("its index of chunks disagrees with it on whether there are filters; the file is damaged.");
    }

    private byte[] Block(long address, long size) => _visited.Add(address) ? _file.Block(address, size, Name)
        : throw new BadContent($"its {Name} leads to {address} twice; the file is damaged.");
}
