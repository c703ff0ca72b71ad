using NKeras.Layers;

namespace NKeras.Tests.Models.Names;

/// <summary>Copies of models, by cloning and by configuration, and the reset of numbers.</summary>
internal static partial class NameScenarios
{
    internal static void Cloned(NameLog log)
    {
        Input x = new([4]);
        Dropout drop = new(0.5);
        Model copy = Model.Clone(new Model(x, drop.Apply((KerasTensor)(Ops.Relu(new Dense(3).Apply(x)) * 2.0))));
        log.Model(copy);
        Next(log);
    }

    internal static void ClonedOntoTensors(NameLog log)
    {
        Input x = new([4]);
        Model m = new(x, new Dense(3).Apply(x));
        log.Model(Model.Clone(m, inputTensors: new Input([4])));
        Next(log);
    }

    internal static void ClonedNested(NameLog log)
    {
        Input x = new([4]);
        Model inner = new(x, new Dense(3).Apply(x));
        Input y = new([4]);
        Model copy = Model.Clone(new Model(y, new Dense(1).Apply(inner.Apply(y))));
        log.Model(copy);
        log.Model((Model)copy.Layers[1]);
        Next(log);
    }

    internal static void ClonedSequential(NameLog log)
    {
        log.Model(Model.Clone(new Sequential([new Input([4]), new Dense(3), new Dense(2)])));
        log.Model(Model.Clone(new Sequential([new Dense(3)])), graph: false);
        Next(log);
    }

    internal static void FromConfig(NameLog log)
    {
        Input x = new([4]);
        Dense dense = new(3);
        Model m = new(x, dense.Apply(new Dropout(0.5).Apply(x)) + 1.0);
        log.Model(Model.FromConfig(m.GetConfig()));
        log.Operations("next", new Dense(1));
        log.Lines[^1] += $", {new Input([2]).Name}, {new Sequential().Name}";
    }

    internal static void FromConfigSequential(NameLog log)
    {
        Sequential m = new([new Input([4]), new Dense(3), new Dropout(0.5), new Dense(2)]);
        log.Model(Model.FromConfig(m.GetConfig()), nodes: false);
        Sequential deferred = new([new Dense(2)]);
        deferred.Build([null, 3]);
        log.Model(Model.FromConfig(deferred.GetConfig()));
    }

    internal static void FromJson(NameLog log)
    {
        Input x = new([4]);
        Sequential inner = new([new Input([4]), new Dense(4), new BatchNormalization()]);
        Dense last = new(3);
        Model copy = Model.FromJson(new Model(x, last.Apply(inner.Apply(inner.Apply(x)))).ToJson());
        log.Model(copy);
        log.Model((Model)copy.Layers[1], nodes: false);
        Next(log);
    }

    internal static void FromJsonOfPart(NameLog log)
    {
        Input x = new([4]);
        KerasTensor a = new Dense(3).Apply(x), b = new Dense(2).Apply(a);
        Model m = new(a, b), copy = Model.FromJson(m.ToJson());
        log.Model(m);
        log.Model(copy);
    }

    internal static void FromJsonAfterClearing(NameLog log)
    {
        Input x = new([4]);
        string text = new Model(x, new Dense(3).Apply(new Dense(2).Apply(x))).ToJson();
        Utils.ClearSession();
        log.Model(Model.FromJson(text));
        Input y = new([4]);
        log.Model(new Model(y, new Dense(1).Apply(y)));
    }

    internal static void Cleared(NameLog log)
    {
        _ = new Dense(1);
        _ = new Input([2]);
        Utils.ClearSession();
        Input x = new([4]);
        log.Model(new Model(x, new Dense(3).Apply(x)));
    }

    private static void Next(NameLog log) => log.List("next", [new Dense(1).Name, new Input([2]).Name]);
}
