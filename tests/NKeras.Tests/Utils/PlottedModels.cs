using NKeras.Layers;

namespace NKeras.Tests;

/// <summary>Models to draw.</summary>
internal static class PlottedModels
{
    public const string Awkward = "<b>&\"q\" &lt; \\N ]]> é 日本 \U0001F600";

    public static Sequential Chain() => new(
        [new Input([8, 8, 1], name: "pixels"), new Conv2D(4, 3, activation: "relu", name: "conv"), new Flatten(name: "flat"), new Dense(3, "softmax", name: "probabilities")],
        name: "chain");

    public static Model Residual()
    {
        Input x = new([16], name: "x");
        KerasTensor a = new Dense(8, "relu", name: "a").Apply(x);
        KerasTensor b = new Dense(8, name: "b").Apply(new Dense(8, name: "hidden").Apply(a));
        return new Model(x, new Add(name: "sum").Apply(a, b), name: "residual");
    }

    /// <summary>An encoder used twice, functions, a chain with a chain inside, a layer applied to its own result, two outputs.</summary>
    public static Model Nested()
    {
        Input image = new([6], name: "image");
        Model encoder = new(image, new Dense(4, "silu", name: "encode").Apply(image), name: "encoder");
        Sequential head = new([new Input([4]), new Dense(3, name: "first"), new Sequential([new Input([3]), new Dense(2, name: "second")], name: "inner")], name: "head");
        Input left = new([6], name: "left"), right = new([6], name: "right"), extra = new([2], name: "extra");
        KerasTensor code = encoder.Apply(left);
        KerasTensor difference = (KerasTensor)Ops.Subtract(code, encoder.Apply(right));
        difference.History!.Operation.Name = "difference";
        KerasTensor joined = new Concatenate(name: "join").Apply(head.Apply(code), difference, extra);
        Dense shared = new(8, name: "shared");
        return new Model([left, right, extra], [new Dense(1, name: "score").Apply(shared.Apply(shared.Apply(joined))), difference], name: "nested");
    }

    /// <summary>A layer that is used before and after another: its arrows make a circle.</summary>
    public static Model Circle()
    {
        Input x = new([4], name: "x");
        Dense there = new(4, name: "there"), back = new(4, name: "back");
        return new Model(x, new Dense(1, name: "end").Apply(there.Apply(back.Apply(there.Apply(x)))), name: "circle");
    }

    public static Model WithAwkwardNames()
    {
        Input x = new([4], name: "in\n\u0001" + '\uD800');
        Input inner = new([4], name: "<in>");
        Model nested = new(inner, new Dense(2, name: Awkward).Apply(inner), name: Awkward);
        return new Model(x, nested.Apply(x), name: "& co");
    }
}
