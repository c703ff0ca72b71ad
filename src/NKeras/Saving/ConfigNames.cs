using System.Text;

namespace NKeras.Saving;

/// <summary>The one place where names in files (snake case) and parameters of C# (camel case) are turned into each other.</summary>
internal static class ConfigNames
{
    /// <summary>Where the rule would not give Keras's name.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["adamBeta1"] = "adam_beta_1",
        ["adamBeta2"] = "adam_beta_2",
        ["beta1"] = "beta_1",
        ["beta2"] = "beta_2",
        ["beta2Decay"] = "beta_2_decay",
        ["epsilon1"] = "epsilon_1",
        ["epsilon2"] = "epsilon_2",
        ["dType"] = "dtype",
    };

    /// <summary>The key of a parameter in a configuration: <c>kernelSize</c> becomes <c>kernel_size</c>.</summary>
    public static string KeyOf(string parameter)
    {
        if (s_exceptions.TryGetValue(parameter, out string? key)) return key;
        StringBuilder text = new(parameter.Length + 4);
        foreach (char c in parameter)
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    /// <summary>The property that holds what was given for a parameter: <c>kernelSize</c> becomes <c>KernelSize</c>.</summary>
    public static string PropertyOf(string parameter) => char.ToUpperInvariant(parameter[0]) + parameter[1..];
}
