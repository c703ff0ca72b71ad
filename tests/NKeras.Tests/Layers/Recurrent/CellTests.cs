using NKeras.Layers;
using static NKeras.Tests.Layers.Recurrent.RecurrentData;

namespace NKeras.Tests.Layers.Recurrent;

/// <summary>What cells compute, by the formulas of their papers, element by element.</summary>
public sealed class CellTests
{
    private const int Units = 3;

    private static readonly Tensor s_input = Numbers([2, 4]);
    private static readonly Tensor s_state = Numbers([2, Units], 1);
    private static readonly Tensor s_carried = Numbers([2, Units], 2);

    [Fact]
    public void SimpleCellFeedsItsOutputBack()
    {
        SimpleRNNCell cell = Built(new SimpleRNNCell(Units, "sigmoid"));
        (Tensor output, Tensors states) = cell.Apply(s_input, s_state);
        Tensor expected = Map((b, j) => Sigmoid(Sum(cell, b, j, s_state) + cell.Bias!.Value[j].Item<float>()));
        AssertClose(expected, output);
        Assert.Same(output, Assert.Single(states));
    }

    [Fact]
    public void LstmCellIsThatOfThePaper()
    {
        LSTMCell cell = Built(new LSTMCell(Units));
        (Tensor output, Tensors states) = cell.Apply(s_input, [s_state, s_carried]);
        Tensor carried = Map((b, j) => (Sigmoid(Gate(b, j, 1)) * At(s_carried, b, j)) + (Sigmoid(Gate(b, j, 0)) * Math.Tanh(Gate(b, j, 2))));
        AssertClose(carried, states[1]);
        AssertClose(Map((b, j) => Sigmoid(Gate(b, j, 3)) * Math.Tanh(At(carried, b, j))), output);
        AssertClose(output, states[0]);

        double Gate(int b, int j, int gate) => Sum(cell, b, (gate * Units) + j, s_state) + cell.Bias!.Value[(gate * Units) + j].Item<float>();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void GruCellIsThatOfThePaper(bool resetAfter)
    {
        GRUCell cell = Built(new GRUCell(Units, resetAfter: resetAfter));
        (Tensor output, _) = cell.Apply(s_input, s_state);
        Tensor update = Map((b, j) => Sigmoid(Input(b, j, 0) + State(b, j, 0, s_state))), reset = Map((b, j) => Sigmoid(Input(b, j, 1) + State(b, j, 1, s_state)));
        Tensor candidate = Map((b, j) => Math.Tanh(Input(b, j, 2) + (resetAfter ? At(reset, b, j) * State(b, j, 2, s_state) : State(b, j, 2, s_state * reset))));
        AssertClose(Map((b, j) => (At(update, b, j) * At(s_state, b, j)) + ((1 - At(update, b, j)) * At(candidate, b, j))), output);

        double Input(int b, int j, int gate) => Dot(s_input, b, cell.Kernel, (gate * Units) + j) + Bias(0, (gate * Units) + j);
        double State(int b, int j, int gate, Tensor state) => Dot(state, b, cell.RecurrentKernel, (gate * Units) + j) + (resetAfter ? Bias(1, (gate * Units) + j) : 0);
        double Bias(int row, int column) => resetAfter ? At(cell.Bias!, row, column) : cell.Bias!.Value[column].Item<float>();
    }

    [Fact]
    public void ForgetGateBeginsOpen()
    {
        LSTMCell open = new(2, biasInitializer: new NKeras.Initializers.Constant(0.5)), other = new(2, unitForgetBias: false);
        open.Build([null, 3]);
        other.Build([null, 3]);
        Assert.Equal([0.5f, 0.5f, 1, 1, 0.5f, 0.5f, 0.5f, 0.5f], open.Bias!.Value.ToArray<float>());
        Assert.Equal(new float[8], other.Bias!.Value.ToArray<float>());
    }

    [Fact]
    public void StackedCellsWorkOneUponTheOther()
    {
        LSTMCell first = Built(new LSTMCell(Units));
        GRUCell second = new(2);
        second.Build([null, Units]);
        StackedRNNCells cells = new([first, second]);
        Tensor state = Numbers([2, 2], 5);
        (Tensor output, Tensors states) = cells.Apply(s_input, [s_state, s_carried, state]);
        (Tensor middle, Tensors firstStates) = first.Apply(s_input, [s_state, s_carried]);
        (Tensor expected, _) = second.Apply(middle, state);
        AssertClose(expected, output);
        AssertClose(firstStates[1], states[1]);
        Assert.Equal([Units, Units, 2], cells.StateSize);
        Assert.Equal(2, cells.OutputSize);
        Assert.Equal([[7, Units], [7, Units], [7, 2]], cells.GetInitialState(7).Select<Tensor, Shape>(s => s.Shape));
    }

    [Fact]
    public void CellsAreStepsOfFunctionalModels()
    {
        LSTMCell cell = Built(new LSTMCell(Units));
        Input x = new([4]), h = new([Units]), c = new([Units]);
        (KerasTensor output, KerasTensors states) = cell.Apply(x, [h, c]);
        Model model = new([x, h, c], [output, states[1]]);
        (Tensor expected, Tensors next) = cell.Apply(s_input, [s_state, s_carried]);
        Tensors results = Model.FromJson(model.ToJson()) is { } again ? Run(again) : [];
        AssertClose(expected, results[0]);
        AssertClose(next[1], results[1]);

        Tensors Run(Model made)
        {
            made.SetWeights(model.GetWeights());
            return made.ApplyAll(s_input, s_state, s_carried);
        }
    }

    [Fact]
    public void DropoutIsForTrainingAndRepeatsBySeed()
    {
        LSTMCell cell = Built(new LSTMCell(Units, dropout: 0.5, recurrentDropout: 0.5, seed: 4)), plain = Built(new LSTMCell(Units)), again = Built(new LSTMCell(Units, dropout: 0.5, recurrentDropout: 0.5, seed: 4));
        Tensors states = [s_state, s_carried];
        AssertClose(plain.Apply(s_input, states).Output, cell.Apply(s_input, states).Output);
        Tensor dropped = cell.Apply(s_input, states, training: true).Output;
        Assert.NotEqual(plain.Apply(s_input, states).Output.ToArray<float>(), dropped.ToArray<float>());
        Assert.Equal(dropped.ToArray<float>(), again.Apply(s_input, states, training: true).Output.ToArray<float>());
        Assert.NotEqual(dropped.ToArray<float>(), cell.Apply(s_input, states, training: true).Output.ToArray<float>());
    }

    [Fact]
    public void RatesAreBroughtIntoTheirRange()
    {
        GRUCell cell = new(2, dropout: 1.5, recurrentDropout: -1);
        Assert.Equal((1.0, 0.0), (cell.Dropout, cell.RecurrentDropout));
    }

    [Fact]
    public void ErrorsNameTheCell()
    {
        Assert.Contains("'c'", Assert.Throws<ArgumentOutOfRangeException>(() => new LSTMCell(0, name: "c")).Message);
        Assert.Contains("-1", Assert.Throws<ArgumentOutOfRangeException>(() => new GRUCell(-1)).Message);
        Assert.Contains("one cell or more", Assert.Throws<ArgumentException>(() => new StackedRNNCells([])).Message);
        Assert.Contains("'d' has 2 states", Assert.Throws<ArgumentException>(() => new LSTMCell(Units, name: "d").Apply(s_input, s_state)).Message);
        Assert.Contains("without states", Assert.Throws<ArgumentException>(() => new LSTMCell(Units).Apply(s_input)).Message);
        Assert.Contains("dimension -1", Assert.Throws<ArgumentException>(() => new GRUCell(2).Build([2, null])).Message);
        Assert.Throws<InvalidOperationException>(() => new GRUCell(2).Kernel);
    }

    private static T Built<T>(T cell)
        where T : BaseRNNCell
    {
        cell.Build([null, 4]);
        int seed = 10;
        cell.SetWeights([.. cell.Weights.Select(w => Numbers(w.Shape, seed++))]);
        return cell;
    }

    private static double Sum(BaseRNNCell cell, int b, int column, Tensor state) => Dot(s_input, b, cell.Kernel, column) + Dot(state, b, cell.RecurrentKernel, column);

    private static double Dot(Tensor rows, int b, Tensor matrix, int column)
    {
        double sum = 0;
        for (int i = 0; i < matrix.Shape[0]; i++) sum += At(rows, b, i) * At(matrix, i, column);
        return sum;
    }

    private static double At(Tensor matrix, int row, int column) => matrix.ToArray<float>()[(row * (int)matrix.Shape[1]!) + column];

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static Tensor Map(Func<int, int, double> element)
    {
        float[,] result = new float[2, Units];
        for (int b = 0; b < 2; b++)
        {
            for (int j = 0; j < Units; j++) result[b, j] = (float)element(b, j);
        }

        return result;
    }
}
