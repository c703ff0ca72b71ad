namespace NKeras;

/// <summary>An older name of <see cref="DTypePolicy"/> (<c>keras.FloatDTypePolicy</c>), which files may contain.</summary>
/// <param name="name">The name of the policy; that of the global policy if omitted.</param>
/// <exception cref="ArgumentException">There is no such policy.</exception>
public sealed class FloatDTypePolicy(string? name = null) : DTypePolicy(name);
