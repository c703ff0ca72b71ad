namespace NKeras.Initializers;

/// <summary>A function in the place of an initializer. It converts to one; a lambda has to be given this type first.</summary>
/// <param name="shape">The dimensions, all known.</param>
/// <param name="dtype">The element type; the floating-point default for null.</param>
public delegate Tensor InitializerFunction(Shape shape, DType? dtype = null);
