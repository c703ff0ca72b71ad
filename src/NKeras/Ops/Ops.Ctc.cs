using NKeras.Core;
using NKeras.Engine.Primitives;

namespace NKeras;

public static partial class Ops
{
    /// <summary>Connectionist temporal classification (<c>keras.ops.ctc_loss</c>; Graves et al., 2006): the negative log-probability of sequences of labels.</summary>
    /// <param name="target">The labels, (batch, labels).</param>
    /// <param name="output">Logits, (batch, steps, classes).</param>
    /// <param name="targetLength">How many labels of each sequence count, (batch,).</param>
    /// <param name="outputLength">How many steps of each sequence count, (batch,).</param>
    /// <param name="maskIndex">The class that stands for no label.</param>
    /// <returns>(batch,). Labels that do not fit into the steps give a loss of about 1e5.</returns>
    /// <exception cref="ArgumentException">The shapes do not belong together, or maskIndex is no class.</exception>
    public static Tensor CtcLoss(Tensor target, Tensor output, Tensor targetLength, Tensor outputLength, int maskIndex = 0) =>
        OpDispatch.Call("CTCLoss", [target, output, targetLength, outputLength], t =>
        {
            if (t[1].Rank != 3 || t[0].Rank != 2) throw new ArgumentException($"CtcLoss takes labels (batch, labels) and logits (batch, steps, classes), not shapes {t[0].Shape} and {t[1].Shape}.");
            Tensor[] whole = [.. new[] { t[0], t[2], t[3] }.Select(x => PrimitiveOps.Convert(x, DType.Int32))];
            return new CtcLoss(maskIndex).Apply(new Softmax(true).Apply(Promotion.ToSpacious(Promotion.WithFloat(t[1]))), whole[0], whole[1], whole[2]);
        }, ("mask_index", maskIndex));

    /// <summary>The labels that logits of connectionist temporal classification stand for (<c>keras.ops.ctc_decode</c>).</summary>
    /// <param name="inputs">Logits, (batch, steps, classes).</param>
    /// <param name="sequenceLengths">How many steps of each sequence count, (batch,).</param>
    /// <param name="strategy"><c>"greedy"</c>, the likeliest class of each step, or <c>"beam_search"</c>, the likeliest labels.</param>
    /// <param name="beamWidth">How many beginnings the beam search keeps from step to step.</param>
    /// <param name="topPaths">How many sequences the beam search gives.</param>
    /// <param name="mergeRepeated">Whether a class that follows itself is one label (greedy; the beam search always does so).</param>
    /// <param name="maskIndex">The class that stands for no label; the last for null.</param>
    /// <returns>
    /// int32 labels (paths, batch, steps), followed by -1, and scores (batch, paths): log-probabilities from the beam search, and
    /// from the greedy strategy the negative sum of the greatest logits.
    /// </returns>
    /// <exception cref="ArgumentException">The strategy is unknown, a number is out of range, or shapes do not belong together.</exception>
    public static (Tensor Decoded, Tensor Scores) CtcDecode(
        Tensor inputs, Tensor sequenceLengths, string strategy = "greedy", int beamWidth = 100, int topPaths = 1, bool mergeRepeated = true, int? maskIndex = 0)
    {
        if (strategy is not ("greedy" or "beam_search"))
            throw new ArgumentException($"CtcDecode: unknown strategy '{strategy}'. {Suggestion.For(strategy, ["greedy", "beam_search"])}", nameof(strategy));
        if (beamWidth < 1 || topPaths < 1) throw new ArgumentException($"CtcDecode: beamWidth and topPaths are at least 1, not {beamWidth} and {topPaths}.");
        IReadOnlyList<Tensor> results = OpDispatch.CallMany("CTCDecode", [inputs, sequenceLengths], t =>
        {
            Shape shape = t[0].Shape;
            if (shape.Rank != 3 || !new Shape([shape.Dims[0]]).IsCompatibleWith(t[1].Shape))
                throw new ArgumentException($"CtcDecode takes logits (batch, steps, classes) and a length for each sequence, not shapes {shape} and {t[1].Shape}.");
            Tensor logits = Promotion.ToSpacious(Promotion.WithFloat(t[0])), lengths = PrimitiveOps.Convert(t[1], DType.Int32);
            int classes = shape.Dims[2], blank = maskIndex ?? (classes == Shape.Unknown ? 0 : classes - 1);
            if (strategy == "beam_search") return new CtcBeamSearch(beamWidth, topPaths, blank).ApplyAll(new Softmax(true).Apply(logits), lengths);
            Tensor labels = new CtcCollapse(mergeRepeated, blank).Apply(new ArgReduce(true, 2).Apply(logits), lengths);
            Tensor steps = new Iota(DType.Int32, [1, shape.Dims[1] == Shape.Unknown ? 1 : shape.Dims[1]], 1).Apply();
            Tensor counts = Less(steps, ExpandDims(lengths, 1));
            Tensor scores = Negative(Sum(Where(counts, Max(logits, 2), PrimitiveOps.ScalarLike(logits, 0)), 1, keepdims: true));
            return [PrimitiveOps.Reshape(labels, new Shape([1, shape.Dims[0], shape.Dims[1]])), scores];
        }, ("strategy", strategy), ("beam_width", beamWidth), ("top_paths", topPaths), ("merge_repeated", mergeRepeated), ("mask_index", maskIndex));
        return (results[0], results[1]);
    }
}
