using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace NKeras.Saving.Files;

/// <summary>What a file keeps of one object: arrays by key. Each is read when it is asked for.</summary>
internal sealed class StoredVariables(string path, IReadOnlyDictionary<string, StoredArray> arrays) : IReadOnlyDictionary<string, Tensor>
{
    /// <summary>The place in the file.</summary>
    public string Path => path;

    public IEnumerable<string> Keys => arrays.Keys;

    public IEnumerable<Tensor> Values => Keys.Select(k => this[k]);

    public int Count => arrays.Count;

    public Tensor this[string key] => Array(key).ToTensor(null, $"'{key}'");

    /// <summary>The array under a key.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public StoredArray Array(string key) => arrays.TryGetValue(key, out StoredArray? array) ? array : throw new ArgumentException(
        $"The file has no variable '{key}' at '{BadConfig.Excerpt(path)}'{(Count == 0 ? ", nor any other." : $"; it has {string.Join(", ", arrays.Keys.Take(10).Select(k => $"'{BadConfig.Excerpt(k)}'"))}.")}");

    /// <summary>Sets variables to the arrays under their numbers, after a look at all of them: if one does not fit, nothing is changed.</summary>
    /// <param name="variables">The variables.</param>
    /// <exception cref="ArgumentException">There are not as many arrays, or a shape does not fit.</exception>
    public void AssignTo(IReadOnlyList<Variable> variables)
    {
        for (int i = 0; i < variables.Count; i++)
        {
            StoredArray array = Array($"{i}");
            if (!array.HasShape(variables[i].Shape)) throw new ArgumentException($"Variable '{variables[i].Path}' has shape {variables[i].Shape}; the file's '{BadConfig.Excerpt(array.Name)}' has shape {array.ShapeText}.");
        }

        for (int i = 0; i < variables.Count; i++) Array($"{i}").AssignTo(variables[i]);
    }

    public bool ContainsKey(string key) => arrays.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out Tensor value)
    {
        value = arrays.TryGetValue(key, out StoredArray? array) ? array.ToTensor(null, $"'{key}'") : null;
        return value != null;
    }

    public IEnumerator<KeyValuePair<string, Tensor>> GetEnumerator() => Keys.Select(k => KeyValuePair.Create(k, this[k])).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
