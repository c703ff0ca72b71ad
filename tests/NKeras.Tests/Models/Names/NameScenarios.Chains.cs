using NKeras.Layers;
using static NKeras.Tests.Models.Names.NameScenarioLayers;

namespace NKeras.Tests.Models.Names;

/// <summary>Chains and subclassed models.</summary>
internal static partial class NameScenarios
{
    internal static void NestedSequential(NameLog log)
    {
        Sequential inner = new([new Input([4]), new Dense(3), new Dense(5)]);
        Input y = new([4]);
        log.Model(new Model(y, inner.Apply(y)));
        log.Model(inner);
    }

    internal static void NestedSequentialOtherShape(NameLog log)
    {
        Sequential inner = new([new Input([null, 4]), new Dense(3), new Activation("relu"), new Dense(5)]);
        Input y = new([6, 4]);
        log.Model(new Model(y, inner.Apply(y)));
        log.Model(inner);
    }

    internal static void NestedDeferredSequential(NameLog log)
    {
        Sequential inner = new([new Dense(3), new Dense(5)]);
        Input y = new([4]);
        log.Model(new Model(y, inner.Apply(y)));
        log.Model(inner);
    }

    internal static void SequentialFromList(NameLog log) => log.Model(new Sequential([new Input([4]), new Dense(3), new Dropout(0.5), new Dense(2)]));

    internal static void SequentialByAdd(NameLog log)
    {
        Sequential m = new();
        m.Add(new Input([4]));
        m.Add(new Dense(3));
        m.Add(new Dense(2));
        log.Model(m);
        m.Add(new Dense(1));
        log.Model(m);
    }

    internal static void SequentialWithoutRebuilding(NameLog log)
    {
        Sequential m = new();
        m.Add(new Input([4]), rebuild: false);
        m.Add(new Dense(3), rebuild: false);
        m.Add(new Dense(2), rebuild: false);
        log.Model(m, graph: false);
        m.Build([null, 4]);
        log.Model(m);
        m.Pop(rebuild: false);
        m.Build([null, 4]);
        log.Model(m);
    }

    internal static void SequentialPop(NameLog log)
    {
        Sequential m = new([new Input([4]), new Dense(3), new Dense(2), new Dense(1)]);
        m.Pop();
        log.Model(m);
        m.Add(new Dense(5));
        log.Model(m);
    }

    internal static void SequentialDeferred(NameLog log)
    {
        Sequential m = new([new Dense(3), new Dense(2)]);
        log.Model(m, graph: false);
        m.Build([null, 4]);
        log.Model(m);
    }

    internal static void SequentialCalled(NameLog log)
    {
        Sequential m = new([new Dense(3), new Dropout(0.5), new Dense(2)]);
        m.Apply(Ops.Zeros([2, 4]));
        log.Model(m);
        m.Apply(Ops.Zeros([3, 4]));
        log.Model(m);
    }

    internal static void SequentialPredict(NameLog log)
    {
        Sequential m = new([new Dense(3), new Dense(2)]);
        m.Predict(Ops.Zeros([2, 4]), verbose: 0);
        log.Model(m);
    }

    internal static void SequentialNested(NameLog log)
    {
        Sequential m = new([new Input([4]), new Sequential([new Dense(3)]), new Sequential([new Input([3]), new Dense(2)])]);
        log.Model(m);
        log.Model((Model)m.Layers[0]);
        log.Model((Model)m.Layers[1]);
    }

    internal static void SequentialNestedDeferred(NameLog log)
    {
        Sequential m = new([new Sequential([new Dense(3), new ReLU()]), new Dense(2)]);
        m.Apply(Ops.Zeros([2, 4]));
        log.Model(m);
        log.Model((Model)m.Layers[0]);
    }

    internal static void SequentialWithAModelInFront(NameLog log)
    {
        Input x = new([4]);
        Model front = new(x, new Dense(3).Apply(x));
        Sequential m = new([front, new Dense(2)]);
        log.Model(m);
        m.Add(new Dense(1));
        log.Model(m);
    }

    internal static void SequentialWithASequentialInFront(NameLog log)
    {
        Sequential front = new([new Input([4]), new Dense(3)]), m = new([front, new Dense(2)]);
        log.Model(m);
        log.Model(front);
    }

    internal static void SequentialToFunctional(NameLog log)
    {
        Sequential s = new([new Input([4]), new Dense(3), new Dense(2)]);
        log.Model(new Model([.. s.Inputs], [.. s.Outputs]));
        log.Model(new Model([.. s.Inputs], (KerasTensor)s.Layers[0].Output));
    }

    internal static void SequentialOneLayer(NameLog log)
    {
        Sequential m = new([new Dense(3)]);
        log.Model(m, graph: false);
        m.Build([null, 2]);
        log.Model(m);
    }

    internal static void Subclassed(NameLog log)
    {
        Pair m = new();
        log.Model(m, graph: false);
        m.Apply(Ops.Zeros([2, 3]));
        log.Model(m, graph: false);
        log.Operations("again", new Pair(), new Pair(name: "p"));
    }

    internal static void SubclassedSymbolic(NameLog log)
    {
        Pair m = new();
        Input x = new([3]);
        KerasTensor y = m.Apply(x);
        log.Tensors("tensors", y);
        log.Model(new Model(x, new Dense(1).Apply(y)));
    }

    internal static void SubclassedNested(NameLog log)
    {
        MyModel2D m = new();
        m.Apply(Ops.Zeros([2, 3]));
        log.Model(m, graph: false);
        log.Model(m.Inner);
        MyModel2D n = new();
        Input x = new([3]);
        log.Model(new Model(x, n.Apply(x)));
        log.Model(n.Inner);
    }
}
