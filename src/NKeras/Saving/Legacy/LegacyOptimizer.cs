using NKeras.Hdf5;
using NKeras.Optimizers;

namespace NKeras.Saving.Legacy;

/// <summary>
/// The state of an optimizer in legacy files. Today, and since Keras 2.11, what belongs to a weight stands together; before, all first moments stood in
/// front of all second ones.
/// </summary>
internal static class LegacyOptimizer
{
    /// <summary>The variables that every optimizer begins with: the number of steps, and the learning rate.</summary>
    private const int Common = 2;

    /// <summary>Gives an optimizer its state.</summary>
    /// <exception cref="ArgumentException">The file's is the state of another one. Nothing is changed then.</exception>
    public static void Restore(Optimizer optimizer, IReadOnlyList<Variable> weights, Hdf5Group group)
    {
        IReadOnlyList<string> names = LegacyGroup.Texts(group, "weight_names");
        List<LegacyArray> slots = [.. names.Select(n => new LegacyArray(LegacyGroup.Dataset(group, n, "The optimizer's state")))];
        bool isByWeight = names.Count > 0 && names[0].Split('/')[^1] is "iteration" or "iteration:0";
        if (isByWeight && names.Count > optimizer.Variables.Count) optimizer.Build(weights);
        if (isByWeight && names.Count == optimizer.Variables.Count && slots.Zip(optimizer.Variables).All(p => p.First.Has(p.Second.Shape)))
        {
            // Today's files have the variables as they stand, whatever these are: with a schedule there is no learning rate among them.
            foreach ((LegacyArray array, Variable variable) in slots.Zip(optimizer.Variables)) array.AssignTo(variable);
            return;
        }

        LegacyArray? iteration = TakeScalar(slots, names, "iter"), rate = TakeScalar(slots, names, "learning_rate");
        if (slots.Count > 0 && optimizer.Variables.Count <= Common) optimizer.Build(weights);
        IReadOnlyList<Variable> variables = optimizer.Variables;
        List<(Variable Variable, LegacyArray Array)> found = [];
        if (iteration != null) found.Add((variables[0], iteration));
        if (rate != null && variables.Count > 1 && variables[1].Shape.Rank == 0) found.Add((variables[1], rate));
        int kinds = weights.Count == 0 ? 0 : (variables.Count - Common) / weights.Count;
        for (int i = Common; i < variables.Count; i++)
        {
            int slot = isByWeight || kinds == 0 ? i - Common : ((i - Common) % kinds * weights.Count) + ((i - Common) / kinds);
            if (slot >= slots.Count || (isByWeight && slots.Count != variables.Count - Common))
                throw new ArgumentException($"{optimizer.GetType().Name} has {variables.Count} variables for {weights.Count} weights; the file has {names.Count}.");
            if (!slots[slot].Has(variables[i].Shape))
                throw new ArgumentException($"its variable '{variables[i].Name}' has shape {variables[i].Shape}; the file's array '{BadConfig.Excerpt(slots[slot].Name)}' has shape {slots[slot].ShapeText}.");
            found.Add((variables[i], slots[slot]));
        }

        if (found.Any(f => !f.Array.Has(f.Variable.Shape))) throw new ArgumentException("the file's number of steps is no single number.");
        foreach ((Variable variable, LegacyArray array) in found) array.AssignTo(variable);
    }

    /// <summary>Takes a single number out, if the next is one of that name.</summary>
    private static LegacyArray? TakeScalar(List<LegacyArray> slots, IReadOnlyList<string> names, string name)
    {
        if (slots is not [{ Dims.Count: 0 } first, ..] || !names[names.Count - slots.Count].Split('/')[^1].StartsWith(name, StringComparison.Ordinal)) return null;
        slots.RemoveAt(0);
        return first;
    }
}
