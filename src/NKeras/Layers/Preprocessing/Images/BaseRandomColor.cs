namespace NKeras.Layers;

/// <summary>What layers have in common that change the colours of images at random in training, and leave alone what belongs to the images.</summary>
public abstract class BaseRandomColor : BaseImagePreprocessingLayer
{
    private readonly SeedGenerator _generator;

    private protected BaseRandomColor(int? seed, string? dataFormat, string? boundingBoxFormat, string? name, bool trainable, DTypePolicy? dtype)
        : base(boundingBoxFormat, dataFormat, name, trainable, dtype)
    {
        Seed = seed;
        _generator = AddSeedGenerator(seed);
    }

    /// <summary>The seed; null for one from the program's global sequence.</summary>
    public int? Seed { get; }

    /// <inheritdoc/>
    // Keras: some of these layers draw, for nothing, when they are not in training, too.
    public sealed override Tensors? GetRandomTransformation(Tensors data, bool training = true, RandomSeed? seed = null)
    {
        int batch = BatchSizeOf(data);
        return training ? Draw(batch, seed ?? _generator) : null;
    }

    /// <inheritdoc/>
    public override Tensor TransformImages(Tensor images, Tensors? transformation, bool training = true)
    {
        ArgumentNullException.ThrowIfNull(images);
        return training && transformation is not null ? Change(images, transformation) : images;
    }

    /// <summary>What is random about a call with so many images.</summary>
    internal abstract Tensors Draw(int batch, RandomSeed seed);

    /// <summary>Applies what was drawn to a batch of images.</summary>
    internal abstract Tensor Change(Tensor images, Tensors transformation);

    /// <summary>Numbers of which there is one for each image, in a shape and a type in which they apply to all pixels of it.</summary>
    private protected static Tensor ToPixels(Tensor numbers, DType dtype) => Ops.Cast(Ops.Reshape(numbers, [-1, 1, 1, 1]), dtype);
}
