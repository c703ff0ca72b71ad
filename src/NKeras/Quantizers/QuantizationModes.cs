namespace NKeras.Quantizers;

/// <summary>The ways to quantize weights.</summary>
internal static class QuantizationModes
{
    private static readonly string[] s_all = ["int8", "float8", "int4", "ternary", "gptq", "awq"];

    /// <summary>The mode that a policy's name begins with; null if it is none of a quantized policy.</summary>
    public static string? StartOf(string name) => Array.Find(s_all, m => name.StartsWith(m, StringComparison.Ordinal));

    /// <summary>Checks that there is such a mode.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static string Check(string mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        return s_all.Contains(mode) ? mode : throw new ArgumentException($"Unknown quantization mode '{mode}'. {Suggestion.For(mode, s_all)}", nameof(mode));
    }

    /// <summary>Checks that a mode goes with a type to compute in.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    public static void CheckType(string mode, DType computeDType)
    {
        if (mode == "int8" && computeDType == DType.Float16)
            throw new ArgumentException("Quantization mode 'int8' does not go well with float16: its range is too small. Use bfloat16 or float32.", nameof(mode));
    }

    /// <summary>The numbers in a mode such as <c>gptq/4/128</c>.</summary>
    /// <param name="mode">The mode.</param>
    /// <param name="names">What it consists of: the algorithm, and the name of each number.</param>
    /// <exception cref="ArgumentException">It consists of something else.</exception>
    public static int[] Numbers(string mode, params ReadOnlySpan<string> names)
    {
        ArgumentNullException.ThrowIfNull(mode);
        string[] parts = mode.Split('/');
        int[] numbers = new int[names.Length - 1];
        bool fits = parts.Length == names.Length && parts[0] == names[0];
        for (int i = 0; fits && i < numbers.Length; i++) fits = int.TryParse(parts[i + 1], System.Globalization.CultureInfo.InvariantCulture, out numbers[i]);
        if (!fits) throw new ArgumentException($"The mode '{mode}' is not valid; it has the form '{names[0]}/<{string.Join(">/<", names[1..].ToArray())}>' with whole numbers.", nameof(mode));
        return numbers;
    }

    /// <summary>A number of elements that share a scale: -1 for all, or greater than zero.</summary>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static int Group(int size, string name) => size == -1 || size > 0
        ? size
        : throw new ArgumentException($"{name} is {size}; it must be -1 (all elements share a scale) or greater than 0.", name);
}
