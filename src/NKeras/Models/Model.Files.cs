using NKeras.Saving;
using NKeras.Saving.Files;

namespace NKeras;

public partial class Model
{
    /// <summary>
    /// Saves the model with its weights, what it was compiled with and the optimizer's state, as Keras does and reads it (<c>Model.save</c>). A file
    /// is replaced in one step: whatever happens, there is the old one or the new one.
    /// </summary>
    /// <param name="filepath">
    /// Where. A name that ends in <c>.keras</c> is Keras 3's archive; in <c>.h5</c> or <c>.hdf5</c>, the format of Keras 2.
    /// </param>
    /// <param name="overwrite">Whether what is there is replaced; else that is an error.</param>
    /// <param name="zipped">Whether the parts become one archive, which is usual; a folder with the same parts if false.</param>
    /// <param name="includeOptimizer">Whether the optimizer's state is saved, so that training can go on as if never interrupted.</param>
    /// <exception cref="ArgumentException">The name's ending is another, or a class or function of the user's own in the model is not registered.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged.</exception>
    /// <exception cref="UnauthorizedAccessException">It, or its folder, may not be written.</exception>
    public void Save(string filepath, bool overwrite = true, bool? zipped = null, bool includeOptimizer = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        ModelFile.Save(this, filepath, overwrite, zipped ?? true, includeOptimizer);
    }

    /// <summary>Writes the model as a <c>.keras</c> archive, forwards from the stream's present position.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="includeOptimizer">Whether the optimizer's state is saved.</param>
    /// <exception cref="ArgumentException">A class or function of the user's own in the model is not registered.</exception>
    public void Save(Stream stream, bool includeOptimizer = true)
    {
        ArgumentNullException.ThrowIfNull(stream);
        new ModelWriter(this, includeOptimizer).ToArchive(stream);
    }

    /// <summary>
    /// Loads a model that Keras or NKeras saved (<c>keras.models.load_model</c>): a <c>.keras</c> archive or the folder of one, of Keras 2.12 and later; a
    /// whole model in HDF5, of Keras 1.2 and later; or JSON of <see cref="ToJson"/>, which has no weights. What it is, its content tells.
    /// </summary>
    /// <remarks>Loading runs no code of the file, opens no other file and no connection, and takes no more than the policy allows: see <c>docs/security.md</c>.</remarks>
    /// <param name="filepath">Where it is.</param>
    /// <param name="customObjects">Classes and functions of one's own that it names, besides those that are registered.</param>
    /// <param name="compile">Whether the model is compiled as it was, with the optimizer's state.</param>
    /// <param name="policy">What loading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ModelFileException">The content is damaged or refused, or names what is neither Keras's nor registered.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <example><code>
    /// model.Save("model.keras");
    /// Model again = Model.Load("model.keras");
    /// </code></example>
    // Keras: safe_mode=False runs code of the file. Here there is no such mode.
    public static Model Load(string filepath, CustomObjects? customObjects = null, bool compile = true, LoadPolicy? policy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        return ModelFile.Load(filepath, customObjects, compile, policy);
    }

    /// <summary>The same from a stream, from its beginning to its end. One that cannot seek is read into memory.</summary>
    /// <param name="stream">The stream, which stays open.</param>
    /// <param name="customObjects">Classes and functions of one's own that it names, besides those that are registered.</param>
    /// <param name="compile">Whether the model is compiled as it was, with the optimizer's state.</param>
    /// <param name="policy">What loading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ModelFileException">The content is damaged or refused, or names what is neither Keras's nor registered.</exception>
    public static Model Load(Stream stream, CustomObjects? customObjects = null, bool compile = true, LoadPolicy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return ModelFile.Load(stream, customObjects, compile, policy);
    }

    /// <summary>Saves the weights and, if the model is compiled, the optimizer's state (<c>Model.save_weights</c>).</summary>
    /// <param name="filepath">Where; the name ends in <c>.weights.h5</c> or, for several files, in <c>.weights.json</c>.</param>
    /// <param name="overwrite">Whether what is there is replaced; else that is an error.</param>
    /// <param name="maxShardSize">How large one of several files may be, in GiB; a single file if omitted.</param>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    /// <exception cref="ArgumentException">The name's ending is another, or a single weight is larger than a file may be.</exception>
    /// <exception cref="IOException">It cannot be written; what was there is unchanged.</exception>
    public void SaveWeights(string filepath, bool overwrite = true, double? maxShardSize = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        ModelFile.SaveWeights(this, filepath, overwrite, maxShardSize);
    }

    /// <summary>
    /// Loads weights (<c>Model.load_weights</c>): of a <c>.weights.h5</c>, <c>.weights.json</c>, <c>.keras</c> or legacy <c>.h5</c> file, or NumPy's arrays in an
    /// <c>.npz</c>. Layers are found by their places in the model, not by their names.
    /// </summary>
    /// <param name="filepath">Where they are.</param>
    /// <param name="skipMismatch">Whether layers that the file does not fit keep what they have, with a warning; else that is an error.</param>
    /// <param name="byName">Whether layers are found by name; for legacy files only.</param>
    /// <param name="policy">What loading may take; <see cref="LoadPolicy.Default"/> if omitted.</param>
    /// <exception cref="ModelFileException">The content is damaged or refused, or does not fit the model; the message names the layers.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public void LoadWeights(string filepath, bool skipMismatch = false, bool byName = false, LoadPolicy? policy = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(filepath);
        ModelFile.LoadWeights(this, filepath, skipMismatch, byName, policy);
    }
}
