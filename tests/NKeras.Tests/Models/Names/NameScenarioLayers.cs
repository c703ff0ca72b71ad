using NKeras.Layers;

namespace NKeras.Tests.Models.Names;

/// <summary>Layers and models of a user's own: with weights, with layers inside, with several results, with masks.</summary>
internal static class NameScenarioLayers
{
    public sealed class Scale : Layer
    {
        private Variable _kernel = null!;

        public override void Build(Shape inputShape) => _kernel = AddWeight("kernel", [inputShape[-1]]);

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * _kernel.Value;
    }

    public sealed class Shaped : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs * 2.0;

        public override Shape ComputeOutputShape(Shape inputShape) => inputShape;
    }

    public sealed class Block : Layer
    {
        private readonly Dense _first = new(3), _second = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _second.Apply(_first.Apply(inputs));
    }

    public sealed class Two : Layer
    {
        public override Tensors Call(Tensors inputs, bool training) => [inputs[0], inputs[0] * 2.0];
    }

    public sealed class Masker : Layer
    {
        public override Tensor Call(Tensor inputs, bool training = false) => inputs + 1.0;

        public override Tensor? ComputeMask(Tensor inputs, Tensor? previousMask) => Ops.Any(Ops.NotEqual(inputs, 0.0), axis: -1);
    }

    public sealed class Passer : Layer
    {
        public Passer() => SupportsMasking = true;

        public override Tensor Call(Tensor inputs, bool training = false) => inputs * 2.0;
    }

    public sealed class MaskUser : Layer
    {
        public override Tensor Call(Tensor inputs, bool training, Tensor? mask) =>
            mask is null ? inputs : inputs * Ops.Cast(Ops.ExpandDims(mask, -1), inputs.DType);
    }

    public sealed class Pair(string? name = null) : Model(name)
    {
        private readonly Dense _hidden = new(4);
        private readonly Dropout _drop = new(0.5);
        private readonly Dense _last = new(2);

        public override Tensor Call(Tensor inputs, bool training = false) => _last.Apply(_drop.Apply(_hidden.Apply(inputs), training));
    }

    public sealed class MyModel2D : Model
    {
        public Sequential Inner { get; } = new([new Dense(3), new Dense(2)]);

        public override Tensor Call(Tensor inputs, bool training = false) => Inner.Apply(inputs);
    }

    public sealed class MaxPool2DBlock : Layer;

    public sealed class ABTest : Layer;

    public sealed class HTTPServer2Layer : Layer;
}
