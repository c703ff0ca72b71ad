using System.Buffers.Binary;
using System.Text;

namespace NKeras.Tests.Callbacks;

/// <summary>A message of Protocol Buffers, taken apart by the rules of the wire format: fields in order, by their numbers.</summary>
internal sealed class ProtoReader
{
    private readonly List<(int Field, object Value)> _fields = [];

    public ProtoReader(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (at < bytes.Length)
        {
            ulong tag = Varint(bytes, ref at);
            object value;
            switch (tag & 7)
            {
                case 0:
                    value = (long)Varint(bytes, ref at);
                    break;
                case 1:
                    value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]);
                    at += 8;
                    break;
                case 2:
                    int length = (int)Varint(bytes, ref at);
                    value = bytes.Slice(at, length).ToArray();
                    at += length;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7} at {at}.");
            }

            _fields.Add(((int)(tag >> 3), value));
        }
    }

    public IEnumerable<int> Fields => _fields.Select(f => f.Field);

    public bool Has(int field) => _fields.Any(f => f.Field == field);

    public long Integer(int field) => (long)_fields.Single(f => f.Field == field).Value;

    public double Double(int field) => (double)_fields.Single(f => f.Field == field).Value;

    public byte[] Bytes(int field) => (byte[])_fields.Single(f => f.Field == field).Value;

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public ProtoReader Message(int field) => new(Bytes(field));

    public IReadOnlyList<byte[]> All(int field) => [.. _fields.Where(f => f.Field == field).Select(f => (byte[])f.Value)];

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
