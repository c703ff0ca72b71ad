namespace NKeras;

/// <summary>How <see cref="Model.Clone"/> calls each layer of the copy: before or after the call, other layers can be put in.</summary>
/// <param name="layer">The layer, or the function of <see cref="Ops"/>, of the copy.</param>
/// <param name="inputs">What it is applied to.</param>
/// <param name="call">The call itself, with the further arguments of the original call.</param>
/// <returns>What the layers after it are applied to.</returns>
public delegate KerasTensors CloneCallFunction(Operation layer, KerasTensors inputs, Func<KerasTensors, KerasTensors> call);
