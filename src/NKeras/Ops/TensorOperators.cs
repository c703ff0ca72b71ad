namespace NKeras;

/// <summary>Operators on tensors: short forms of <see cref="Ops"/>. Symbolic operands give symbolic results.</summary>
/// <remarks>
/// Comparisons compare element by element. <c>==</c> and <c>!=</c> do not: they tell whether two tensors are the same object;
/// use <see cref="Ops.Equal"/> and <see cref="Ops.NotEqual"/>.
/// </remarks>
// Keras: has x @ y, x ** y and x // y, which C# has no operators for: Ops.Matmul, Ops.Power and Ops.FloorDivide; and no unary plus.
public static class TensorOperators
{
    extension(Tensor)
    {
        /// <summary>The sum, with broadcasting and type promotion.</summary>
        public static Tensor operator +(Tensor a, Tensor b) => Ops.Add(a, b);

        /// <summary>The difference.</summary>
        public static Tensor operator -(Tensor a, Tensor b) => Ops.Subtract(a, b);

        /// <summary>The product.</summary>
        public static Tensor operator *(Tensor a, Tensor b) => Ops.Multiply(a, b);

        /// <summary>The quotient.</summary>
        public static Tensor operator /(Tensor a, Tensor b) => Ops.TrueDivide(a, b);

        /// <summary>The negative.</summary>
        public static Tensor operator -(Tensor a) => Ops.Negative(a);

        /// <summary>What a whole quotient leaves, with the sign of the divisor.</summary>
        public static Tensor operator %(Tensor a, Tensor b) => Ops.Mod(a, b);

        /// <summary>Whether elements of the first operand are greater.</summary>
        public static Tensor operator >(Tensor a, Tensor b) => Ops.Greater(a, b);

        /// <summary>Whether elements of the first operand are less.</summary>
        public static Tensor operator <(Tensor a, Tensor b) => Ops.Less(a, b);

        /// <summary>Whether elements of the first operand are greater or equal.</summary>
        public static Tensor operator >=(Tensor a, Tensor b) => Ops.GreaterEqual(a, b);

        /// <summary>Whether elements of the first operand are less or equal.</summary>
        public static Tensor operator <=(Tensor a, Tensor b) => Ops.LessEqual(a, b);

        /// <summary>Whether both operands are true.</summary>
        public static Tensor operator &(Tensor a, Tensor b) => Ops.LogicalAnd(a, b);

        /// <summary>Whether one operand is true, or both are.</summary>
        public static Tensor operator |(Tensor a, Tensor b) => Ops.LogicalOr(a, b);

        /// <summary>Whether exactly one operand is true.</summary>
        public static Tensor operator ^(Tensor a, Tensor b) => Ops.LogicalXor(a, b);

        /// <summary>Whether elements are false.</summary>
        public static Tensor operator ~(Tensor a) => Ops.LogicalNot(a);
    }

    extension(KerasTensor)
    {
        /// <summary>The sum, as a step of the model.</summary>
        public static KerasTensor operator +(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Add(a, b);

        /// <summary>The sum with a constant, as a step of the model.</summary>
        public static KerasTensor operator +(KerasTensor a, Tensor b) => (KerasTensor)Ops.Add(a, b);

        /// <summary>The sum of a constant and a symbolic tensor, as a step of the model.</summary>
        public static KerasTensor operator +(Tensor a, KerasTensor b) => (KerasTensor)Ops.Add(a, b);

        /// <summary>The difference, as a step of the model.</summary>
        public static KerasTensor operator -(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Subtract(a, b);

        /// <summary>The difference with a constant, as a step of the model.</summary>
        public static KerasTensor operator -(KerasTensor a, Tensor b) => (KerasTensor)Ops.Subtract(a, b);

        /// <summary>The difference of a constant and a symbolic tensor, as a step of the model.</summary>
        public static KerasTensor operator -(Tensor a, KerasTensor b) => (KerasTensor)Ops.Subtract(a, b);

        /// <summary>The product, as a step of the model.</summary>
        public static KerasTensor operator *(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Multiply(a, b);

        /// <summary>The product with a constant, as a step of the model.</summary>
        public static KerasTensor operator *(KerasTensor a, Tensor b) => (KerasTensor)Ops.Multiply(a, b);

        /// <summary>The product of a constant and a symbolic tensor, as a step of the model.</summary>
        public static KerasTensor operator *(Tensor a, KerasTensor b) => (KerasTensor)Ops.Multiply(a, b);

        /// <summary>The quotient, as a step of the model.</summary>
        public static KerasTensor operator /(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.TrueDivide(a, b);

        /// <summary>The quotient with a constant, as a step of the model.</summary>
        public static KerasTensor operator /(KerasTensor a, Tensor b) => (KerasTensor)Ops.TrueDivide(a, b);

        /// <summary>The quotient of a constant and a symbolic tensor, as a step of the model.</summary>
        public static KerasTensor operator /(Tensor a, KerasTensor b) => (KerasTensor)Ops.TrueDivide(a, b);

        /// <summary>The negative, as a step of the model.</summary>
        public static KerasTensor operator -(KerasTensor a) => (KerasTensor)Ops.Negative(a);

        /// <summary>What a whole quotient leaves, as a step of the model.</summary>
        public static KerasTensor operator %(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Mod(a, b);

        /// <summary>What a whole quotient leaves, as a step of the model.</summary>
        public static KerasTensor operator %(KerasTensor a, Tensor b) => (KerasTensor)Ops.Mod(a, b);

        /// <summary>What a whole quotient leaves, as a step of the model.</summary>
        public static KerasTensor operator %(Tensor a, KerasTensor b) => (KerasTensor)Ops.Mod(a, b);

        /// <summary>Whether elements of the first operand are greater, as a step of the model.</summary>
        public static KerasTensor operator >(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Greater(a, b);

        /// <summary>Whether elements of the first operand are greater, as a step of the model.</summary>
        public static KerasTensor operator >(KerasTensor a, Tensor b) => (KerasTensor)Ops.Greater(a, b);

        /// <summary>Whether elements of the first operand are greater, as a step of the model that compares the other way round, as Python does.</summary>
        public static KerasTensor operator >(Tensor a, KerasTensor b) => a is KerasTensor ? (KerasTensor)Ops.Greater(a, b) : (KerasTensor)Ops.Less(b, a);

        /// <summary>Whether elements of the first operand are less, as a step of the model.</summary>
        public static KerasTensor operator <(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Less(a, b);

        /// <summary>Whether elements of the first operand are less, as a step of the model.</summary>
        public static KerasTensor operator <(KerasTensor a, Tensor b) => (KerasTensor)Ops.Less(a, b);

        /// <summary>Whether elements of the first operand are less, as a step of the model that compares the other way round, as Python does.</summary>
        public static KerasTensor operator <(Tensor a, KerasTensor b) => a is KerasTensor ? (KerasTensor)Ops.Less(a, b) : (KerasTensor)Ops.Greater(b, a);

        /// <summary>Whether elements of the first operand are greater or equal, as a step of the model.</summary>
        public static KerasTensor operator >=(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.GreaterEqual(a, b);

        /// <summary>Whether elements of the first operand are greater or equal, as a step of the model.</summary>
        public static KerasTensor operator >=(KerasTensor a, Tensor b) => (KerasTensor)Ops.GreaterEqual(a, b);

        /// <summary>Whether elements of the first operand are greater or equal, as a step of the model that compares the other way round, as Python does.</summary>
        public static KerasTensor operator >=(Tensor a, KerasTensor b) => a is KerasTensor ? (KerasTensor)Ops.GreaterEqual(a, b) : (KerasTensor)Ops.LessEqual(b, a);

        /// <summary>Whether elements of the first operand are less or equal, as a step of the model.</summary>
        public static KerasTensor operator <=(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.LessEqual(a, b);

        /// <summary>Whether elements of the first operand are less or equal, as a step of the model.</summary>
        public static KerasTensor operator <=(KerasTensor a, Tensor b) => (KerasTensor)Ops.LessEqual(a, b);

        /// <summary>Whether elements of the first operand are less or equal, as a step of the model that compares the other way round, as Python does.</summary>
        public static KerasTensor operator <=(Tensor a, KerasTensor b) => a is KerasTensor ? (KerasTensor)Ops.LessEqual(a, b) : (KerasTensor)Ops.GreaterEqual(b, a);

        /// <summary>Whether both operands are true, as a step of the model.</summary>
        public static KerasTensor operator &(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.LogicalAnd(a, b);

        /// <summary>Whether both operands are true, as a step of the model.</summary>
        public static KerasTensor operator &(KerasTensor a, Tensor b) => (KerasTensor)Ops.LogicalAnd(a, b);

        /// <summary>Whether both operands are true, as a step of the model.</summary>
        public static KerasTensor operator &(Tensor a, KerasTensor b) => (KerasTensor)Ops.LogicalAnd(a, b);

        /// <summary>Whether one operand is true, or both are, as a step of the model.</summary>
        public static KerasTensor operator |(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.LogicalOr(a, b);

        /// <summary>Whether one operand is true, or both are, as a step of the model.</summary>
        public static KerasTensor operator |(KerasTensor a, Tensor b) => (KerasTensor)Ops.LogicalOr(a, b);

        /// <summary>Whether one operand is true, or both are, as a step of the model.</summary>
        public static KerasTensor operator |(Tensor a, KerasTensor b) => (KerasTensor)Ops.LogicalOr(a, b);

        /// <summary>Whether exactly one operand is true, as a step of the model.</summary>
        public static KerasTensor operator ^(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.LogicalXor(a, b);

        /// <summary>Whether exactly one operand is true, as a step of the model.</summary>
        public static KerasTensor operator ^(KerasTensor a, Tensor b) => (KerasTensor)Ops.LogicalXor(a, b);

        /// <summary>Whether exactly one operand is true, as a step of the model.</summary>
        public static KerasTensor operator ^(Tensor a, KerasTensor b) => (KerasTensor)Ops.LogicalXor(a, b);

        /// <summary>Whether elements are false, as a step of the model.</summary>
        public static KerasTensor operator ~(KerasTensor a) => (KerasTensor)Ops.LogicalNot(a);
    }
}
