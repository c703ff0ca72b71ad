namespace NKeras.Layers.Preprocessing;

/// <summary>What lookup layers are given that does not depend on the kind of their tokens.</summary>
internal readonly record struct LookupSettings(
    int? MaxTokens, int NumOovIndices, bool Invert, string OutputMode, bool Sparse, bool PadToMaxTokens, string OovMethod, HashSalt? Salt);
