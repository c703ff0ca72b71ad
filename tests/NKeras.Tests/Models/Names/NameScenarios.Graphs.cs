using NKeras.Layers;
using static NKeras.Tests.Models.Names.NameScenarioLayers;

namespace NKeras.Tests.Models.Names;

/// <summary>What was done in Keras when names were recorded, in C#: models from symbolic tensors.</summary>
internal static partial class NameScenarios
{
    internal static void DenseChain(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = new Dense(3).Apply(x);
        log.Model(new Model(x, new Dense(2).Apply(y)));
    }

    internal static void NamedInput(NameLog log)
    {
        Input x = new([4], name: "image");
        log.Model(new Model(x, new Dense(3, name: "head").Apply(x), name: "net"));
    }

    internal static void SeveralInputs(NameLog log)
    {
        Input a = new([2]), b = new([3], name: "second"), c = new([4]);
        log.Tensors("tensors", a, b, c);
        log.Model(new Model([a, b, c], new Concatenate().Apply(a, b, c)));
    }

    internal static void UnusedLayers(NameLog log)
    {
        _ = new Dense(1);
        _ = new Dense(1);
        Input x = new([4]);
        _ = new Flatten();
        _ = new Input([2]);
        log.Model(new Model(x, new Dense(3).Apply(x)));
    }

    internal static void ExplicitNameThatLooksAutomatic(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = new Dense(3, name: "dense_1").Apply(x);
        log.Model(new Model(x, new Dropout(0.1).Apply(new Dense(2).Apply(y))));
        log.Line($"{new Dense(1).Name} {new Dense(1).Name}");
    }

    internal static void Images(NameLog log)
    {
        Input x = new([8, 8, 3]);
        KerasTensor y = new Conv2D(4, 3).Apply(x);
        y = new BatchNormalization().Apply(y);
        y = new Activation("relu").Apply(y);
        y = new MaxPooling2D(2).Apply(y);
        y = new Conv2D(4, 1, padding: "same").Apply(y);
        y = new BatchNormalization().Apply(y);
        y = new ReLU().Apply(y);
        y = new AveragePooling2D(2).Apply(y);
        KerasTensor p = new GlobalAveragePooling2D().Apply(y), q = new GlobalMaxPooling2D().Apply(y), f = new Flatten().Apply(y);
        KerasTensor classes = new Softmax().Apply(new Dense(2).Apply(new Add().Apply(p, q)));
        log.Model(new Model(x, [classes, new Reshape([2, 2]).Apply(new Dropout(0.2).Apply(f))]));
    }

    internal static void Operators(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = (x * 2.0) + 1.0;
        Tensor z = Ops.Relu(y) - x, w = -z;
        log.Model(new Model(x, Ops.Concatenate([w, 2.0 * z, Ops.Power(y, 2)], axis: -1)));
    }

    internal static void Functions(NameLog log)
    {
        Input x = new([4, 3]);
        Tensor a = Ops.Mean(x, axis: 1), b = Ops.Reshape(x, [-1, 12]), c = Ops.Softmax(Ops.Matmul(a, Ops.Transpose(a)));
        Tensor d = Ops.Exp(Ops.Sum(x, axis: [1, 2])), e = Ops.Squeeze(Ops.ExpandDims(d, 0), 0), g = Ops.Maximum(b, 0.0);
        log.Model(new Model(x, [c, e, Ops.Cast(g, "int32"), Ops.Sigmoid(b), Ops.Tanh(Ops.Sqrt(Ops.Square(b)))]));
    }

    internal static void RepeatedFunctions(NameLog log)
    {
        Input x = new([4]);
        Tensor y = Ops.Relu(Ops.Relu(Ops.Relu(x))), z = Ops.ExpandDims(y, 1);
        log.Model(new Model(x, Ops.Log(Ops.Where(Ops.Greater(z, 0.0), z, 1.0))));
    }

    internal static void SharedLayer(NameLog log)
    {
        Input a = new([4]), b = new([4]);
        Dense shared = new(3);
        log.Model(new Model([a, b], new Add().Apply(shared.Apply(a), shared.Apply(b))));
    }

    internal static void TwoModelsOfOneInput(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = new Dense(3).Apply(x);
        Model first = new(x, y), second = new(x, new Dense(2).Apply(y));
        log.Model(first);
        log.Model(second);
    }

    internal static void NestedSameShape(NameLog log)
    {
        Input x = new([4]);
        Model inner = new(x, new Dense(3).Apply(new Dense(5).Apply(x)));
        Input y = new([4]);
        log.Model(new Model(y, new Dense(2).Apply(inner.Apply(y))));
        log.Model(inner);
    }

    internal static void NestedOtherShape(NameLog log)
    {
        Input x = new([null, 4]);
        Model inner = new(x, Ops.Mean(new Dense(3).Apply(new Dense(5).Apply(x)), axis: 1));
        Input y = new([7, 4]);
        log.Model(new Model(y, new Dense(2).Apply(inner.Apply(y))));
        log.Model(inner);
    }

    internal static void NestedTwiceOtherShape(NameLog log)
    {
        Input x = new([null, 4]);
        Model inner = new(x, new Dense(4).Apply(x) * 2.0);
        Input y = new([null, 4]);
        Model middle = new(y, inner.Apply(inner.Apply(y)));
        Input z = new([7, 4]);
        log.Model(new Model(z, middle.Apply(z)));
        log.Model(middle);
    }

    internal static void SharedModel(NameLog log)
    {
        Sequential inner = new([new Dense(3)], name: "inner");
        Input a = new([4]), b = new([4]);
        log.Model(new Model([a, b], new Add().Apply(inner.Apply(a), inner.Apply(b))));
        log.Model(inner);
    }

    internal static void IntermediateTensors(NameLog log)
    {
        Input x = new([4]);
        KerasTensor a = new Dense(3).Apply(x), b = new Dense(3).Apply(a), c = new Dense(2).Apply(b);
        Model full = new(x, c), part = new(a, c), back = new(x, b);
        log.Model(full);
        log.Model(part);
        log.Model(back);
    }

    internal static void IntermediateAndInput(NameLog log)
    {
        Input x = new([4], name: "x"), other = new([3]);
        KerasTensor a = new Dense(3).Apply(x), b = new Add().Apply(a, other);
        Tensor c = Ops.Relu(b) * 2.0;
        log.Model(new Model([a, other], c));
        log.Model(new Model([x, other], [b, c]));
    }

    internal static void CalledOnItself(NameLog log)
    {
        Input x = new([4]);
        Dense dense = new(4);
        KerasTensor a = dense.Apply(x), b = dense.Apply(a), c = dense.Apply(b);
        log.Model(new Model(x, c));
        log.Model(new Model(x, b));
    }

    internal static void WrappedTensor(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = new Dense(3).Apply(x);
        Input i = new(tensor: y);
        log.Tensors("tensors", x, y, i);
        log.Model(new Model(i, new Dense(2).Apply(i)));
    }

    internal static void WrappedInput(NameLog log)
    {
        Input x = new([4], name: "x"), i = new(tensor: x, name: "again");
        KerasTensor y = new Dense(2).Apply(i);
        log.Tensors("tensors", x, i);
        log.Model(new Model(i, y));
    }

    internal static void FreeTensor(NameLog log)
    {
        KerasTensor t = new([null, 4]), u = new([null, 4], name: "u");
        Input i = new(tensor: t);
        log.Tensors("tensors", t, u, i);
        log.Model(new Model(i, new Dense(2).Apply(i)));
    }

    internal static void InputLayers(NameLog log)
    {
        InputLayer a = new(shape: [4]), b = new(shape: [3], name: "b"), c = new(batchShape: [2, 3]);
        log.Operations("layers", a, b, c);
        log.Tensors("tensors", a.Output, b.Output, c.Output);
        log.Model(new Sequential([c, new Dense(2)]));
    }

    internal static void CustomLayers(NameLog log)
    {
        Input x = new([4]);
        KerasTensor y = new Scale().Apply(x), z = new Shaped().Apply(y), w = new Block().Apply(z);
        (KerasTensor a, KerasTensor b) = new Two().ApplyAll(w);
        log.Model(new Model(x, [a, new Dense(1).Apply(b)]));
        log.Operations("odd", new MaxPool2DBlock(), new ABTest(), new HTTPServer2Layer(), new MaxPool2DBlock());
    }

    internal static void CustomLayerTwice(NameLog log)
    {
        Input x = new([4]);
        Block block = new();
        KerasTensor y = block.Apply(x);
        log.Model(new Model(x, new Add().Apply(y, block.Apply(x))));
    }

    internal static void Masks(NameLog log)
    {
        Input x = new([5, 4]);
        KerasTensor y = new Masker().Apply(x), z = new Passer().Apply(y), w = new Dropout(0.1).Apply(z);
        log.Model(new Model(x, new MaskUser().Apply(w)));
    }

    internal static void MasksThroughModels(NameLog log)
    {
        Input x = new([5, 4]);
        Model inner = new(x, new MaskUser().Apply(new Passer().Apply(x)));
        Input y = new([5, 4]);
        log.Model(new Model(y, inner.Apply(new Masker().Apply(y))));
        log.Model(inner);
    }

    internal static void SeveralOutputsByName(NameLog log)
    {
        Input a = new([2], name: "a"), b = new([2], name: "b");
        log.Model(new Model(
            new KerasTensors { ["a"] = a, ["b"] = b },
            new KerasTensors { ["sum"] = new Add().Apply(a, b), ["all"] = new Concatenate().Apply(a, b) }));
    }
}
