using NKeras.Core;

namespace NKeras.Conformance.Calls;

/// <summary>Gives inputs the masks that travelled with them in Keras: the recordings hold tensors alone. In Keras's tests they come of a <c>Masking</c> layer.</summary>
internal static class UnrecordedMasks
{
    /// <summary>How many inputs at most are tried with masks and without.</summary>
    private const int MostInputs = 3;

    /// <summary>The choices of inputs with masks, as bits; none where a mask was given, or masks cannot be.</summary>
    public static IEnumerable<int> Choices(CallRecord record, CallArguments arguments)
    {
        if (arguments.Positional.Count == 0) return [];
        int count = arguments.Inputs.Count;
        bool canBe = count <= MostInputs && !record.Kwargs.ContainsKey("mask") && arguments.Inputs.All(t => t is { Rank: > 1 });
        return canBe ? Enumerable.Range(1, (1 << count) - 1) : [];
    }

    /// <summary>
    /// The mask that predictions had where targets are the masked inputs themselves, filled up with one number at the end: what is not that
    /// number counts. Null where there is no such end.
    /// </summary>
    public static Tensor? OfTargets(Tensor yTrue)
    {
        if (yTrue is not { Rank: 3 }) return null;
        Tensor mask = Ops.Any(Ops.NotEqual(yTrue, yTrue[-1, -1, -1]), -1);
        return Ops.All(mask).Item<bool>() ? null : mask;
    }

    /// <summary>Masks steps of zeros in the inputs of a choice.</summary>
    public static void Give(CallArguments arguments, int choice)
    {
        for (int i = 0; choice >> i != 0; i++)
        {
            if ((choice & (1 << i)) != 0) KerasMask.Set(arguments.Inputs[i], Ops.Any(Ops.NotEqual(arguments.Inputs[i], 0), -1));
        }
    }
}
