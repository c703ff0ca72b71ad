namespace NKeras;

/// <summary>Arithmetic operators on tensors: short forms of <see cref="Ops"/>. Symbolic operands give symbolic results.</summary>
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
        public static Tensor operator /(Tensor a, Tensor b) => Ops.Divide(a, b);

        /// <summary>The negative.</summary>
        public static Tensor operator -(Tensor a) => Ops.Negative(a);
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
        public static KerasTensor operator /(KerasTensor a, KerasTensor b) => (KerasTensor)Ops.Divide(a, b);

        /// <summary>The quotient with a constant, as a step of the model.</summary>
        public static KerasTensor operator /(KerasTensor a, Tensor b) => (KerasTensor)Ops.Divide(a, b);

        /// <summary>The quotient of a constant and a symbolic tensor, as a step of the model.</summary>
        public static KerasTensor operator /(Tensor a, KerasTensor b) => (KerasTensor)Ops.Divide(a, b);

        /// <summary>The negative, as a step of the model.</summary>
        public static KerasTensor operator -(KerasTensor a) => (KerasTensor)Ops.Negative(a);
    }
}
