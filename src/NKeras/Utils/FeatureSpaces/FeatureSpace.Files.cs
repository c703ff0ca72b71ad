using NKeras.Saving;
using NKeras.Saving.Files;

namespace NKeras;

public sealed partial class FeatureSpace
{
    /// <summary>Saves the space with what it has learned, as Keras does and reads it. A file is replaced in one step.</summary>
    /// <param name="filepath">Where; the name ends in <c>.keras</c>.</param>
    /// <param name="overwrite">Whether what is there is replaced; else that is an error.</param>
    /// <exception cref="ArgumentException">The name's ending is another, or a layer of the user's own in the space is not registered.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged.</exception>
    public void Save(string filepath, bool overwrite = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        ModelFile.SaveLayer(this, filepath, overwrite);
    }

    /// <summary>Loads a space that Keras or NKeras saved.</summary>
    /// <param name="filepath">Where it is.</param>
    /// <param name="customObjects">Classes and functions of one's own that it names, besides those that are registered.</param>
    /// <param name="policy">What loading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ModelFileException">The content is damaged or refused, or no feature space.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    // Keras: load_model() loads spaces, too; in C# a method has one type.
    public static FeatureSpace Load(string filepath, CustomObjects? customObjects = null, LoadPolicy? policy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        return ModelFile.LoadLayer<FeatureSpace>(filepath, customObjects, policy);
    }
}
