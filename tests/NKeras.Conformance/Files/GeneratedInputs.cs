using NKeras.Layers;

namespace NKeras.Conformance.Files;

/// <summary>Makes inputs for a model of which none were recorded.</summary>
internal static class GeneratedInputs
{
    /// <summary>A batch of two, to see that samples stay apart.</summary>
    private const int BatchSize = 2;

    /// <summary>Long enough for windows of any usual size.</summary>
    private const int UnknownLength = 32;

    private static readonly Shape[] s_shapes = [[null, 16], [null, 16, 16], [null, UnknownLength, UnknownLength, 3], [null, 16, 16, 16, 3]];

    /// <summary>Texts with letters, marks and spaces of several kinds; a single one where their number is unknown, as layers that split texts take them.</summary>
    private static readonly string[] s_texts = ["The first of all texts, said the man on Monday.", "it's  2 o'clock:\ta NEW world — été 水 🐱!", "", "and of the"];

    /// <summary>One tensor for each input: texts; numbers of a normal distribution; 0 and 1, which are numbers of some word too, where a model has words or whole numbers.</summary>
    public static Tensors For(Model model)
    {
        BuildIfOpen(model);
        bool hasWords = model.AllSubLayers.Any(l => l is Embedding or ReversibleEmbedding);
        Tensor[] tensors = [.. model.Inputs.Select((input, i) => One(input, hasWords, seed: i + 1))];
        return tensors.Length == 1 ? tensors[0] : tensors;
    }

    /// <summary>A model that takes what it is given first gets the shape of least rank that it can do with.</summary>
    private static void BuildIfOpen(Model model)
    {
        if (model is not Sequential { GraphOrNull: null }) return;
        foreach (Shape shape in s_shapes)
        {
            try
            {
                model.Build(shape);
                return;
            }
            catch (ArgumentException)
            {
                // The next one may do.
            }
        }
    }

    private static Tensor One(KerasTensor input, bool hasWords, int seed)
    {
        bool isText = input.DType == DType.String;
        Shape shape = Shape.Create([.. Enumerable.Range(0, input.Shape.Rank).Select(d => input.Shape[d] ?? (d == 0 ? BatchSize : isText ? 1 : UnknownLength)).Select(d => (int?)d)]);
        if (isText) return Tensor.FromStrings([.. Enumerable.Range(0, shape.Size).Select(i => s_texts[(i + seed) % s_texts.Length])], shape);
        Tensor values = hasWords || !input.DType.IsFloating ? RandomOps.Randint(shape, 0, 2, seed: seed) : RandomOps.Normal(shape, seed: seed);
        return Ops.Cast(values, input.DType);
    }
}
