using NKeras.Engine.Primitives;

namespace NKeras.Engine.Cpu;

/// <summary>What an <see cref="Instruction"/> does.</summary>
internal enum InstructionKind : byte
{
    /// <summary>Applies a function to registers.</summary>
    Apply,

    /// <summary>Gives every element the same float.</summary>
    Constant,

    /// <summary>Turns booleans into 0 and 1, or floats into whether they differ from zero.</summary>
    Convert,
}

/// <summary>One step of an <see cref="ElementwiseProgram"/>; its result is the next register.</summary>
internal readonly record struct Instruction
{
    private Instruction(InstructionKind kind, ElementwiseFunction function, int a, int b, int c, int bits, ElementwiseType target)
    {
        Kind = kind;
        Function = function;
        A = a;
        B = b;
        C = c;
        Bits = bits;
        Target = target;
    }

    /// <summary>A function of registers. Operands the function does not have are -1.</summary>
    public Instruction(ElementwiseFunction function, int a, int b = -1, int c = -1)
        : this(InstructionKind.Apply, function, a, b, c, 0, default)
    {
    }

    /// <summary>What the instruction does.</summary>
    public InstructionKind Kind { get; }

    /// <summary>The function that is applied.</summary>
    public ElementwiseFunction Function { get; }

    /// <summary>The register of the first operand, or -1.</summary>
    public int A { get; }

    /// <summary>The register of the second operand, or -1.</summary>
    public int B { get; }

    /// <summary>The register of the third operand, or -1.</summary>
    public int C { get; }

    /// <summary>The bits of a constant: comparing them tells 0 from -0, and finds NaN equal to itself.</summary>
    public int Bits { get; }

    /// <summary>The type a conversion gives.</summary>
    public ElementwiseType Target { get; }

    /// <summary>The value of a constant.</summary>
    public float Value => BitConverter.Int32BitsToSingle(Bits);

    /// <summary>A float that is the same for every element.</summary>
    public static Instruction Constant(float value) =>
        new(InstructionKind.Constant, default, -1, -1, -1, BitConverter.SingleToInt32Bits(value), ElementwiseType.Float32);

    /// <summary>A conversion of a register to <see cref="ElementwiseType.Float32"/> or <see cref="ElementwiseType.Bool"/>.</summary>
    public static Instruction Convert(int register, ElementwiseType target) =>
        new(InstructionKind.Convert, default, register, -1, -1, 0, target);

    /// <summary>The same instruction on other registers.</summary>
    public Instruction Rename(Func<int, int> register) => new(Kind, Function, register(A), register(B), register(C), Bits, Target);
}
