namespace NKeras;

/// <summary>Functions of <see cref="Ops"/> whose names are those of types that its own code uses.</summary>
public static class OpsExtensions
{
    extension(Ops)
    {
        /// <summary>The dimensions of a tensor; those of a symbolic one may be unknown.</summary>
        public static Shape Shape(Tensor x) => x?.Shape ?? throw new ArgumentNullException(nameof(x));
    }
}
