namespace NKeras.Engine.Primitives;

/// <summary>
/// The random numbers that one element of a result uses up, as many as it needs: the Threefry blocks of the counters (1, i),
/// (2, i), … under the key. <see cref="RandomBits"/> has those of (0, i), so that the two never meet.
/// </summary>
internal struct RandomStream(uint key0, uint key1, uint element)
{
    private uint _block;

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        (uint a, uint b) = Threefry.Block(key0, key1, ++_block, element);
        return ((ulong)a << 32) | b;
    }

    /// <summary>A number between 0 and 1, neither of which it reaches.</summary>
    public double NextUnit() => ((NextBits() >> 12) + 0.5) * (1.0 / (1L << 52));

    /// <summary>A number of the standard normal distribution (Box and Muller, 1958).</summary>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(NextUnit())) * Math.Cos(2 * Math.PI * NextUnit());

    /// <summary>A number from 0 up to, not including, a bound greater than 0, each exactly as likely (Lemire, 2019).</summary>
    public ulong NextBelow(ulong bound)
    {
        ulong whole = Math.BigMul(NextBits(), bound, out ulong part);
        if (part >= bound) return whole;
        // 2^64 is no multiple of the bound: what is left of it would make some numbers likelier.
        ulong rest = (0 - bound) % bound;
        while (part < rest) whole = Math.BigMul(NextBits(), bound, out part);
        return whole;
    }
}
