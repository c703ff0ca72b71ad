namespace NKeras;

/// <summary>A function of one tensor, such as an activation.</summary>
/// <param name="x">Data, a symbolic tensor, or a value inside a function that is being compiled.</param>
/// <returns>A tensor of the same kind.</returns>
public delegate Tensor TensorFunction(Tensor x);
