using NKeras.Layers;

namespace NKeras.Tests.Layers.Checking;

internal sealed class RecurrentCases : ILayerCases
{
    public IEnumerable<LayerCase> Cases => [.. Simple(), .. Gated(), .. Stacked(), .. Both(), .. EachStep(), .. Convolutional()];

    private static IEnumerable<LayerCase> Simple()
    {
        yield return new()
        {
            Make = () => new SimpleRNN(5),
            Inputs = [[2, 3, 4]],
            Output = [[2, 5]],
            AutoName = "simple_rnn",
            Trainable = [("simple_rnn_cell/kernel", [4, 5]), ("simple_rnn_cell/recurrent_kernel", [5, 5]), ("simple_rnn_cell/bias", [5])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "dropout, all steps",
            Make = () => new SimpleRNN(5, "relu", kernelRegularizer: "l2", activityRegularizer: "l1", dropout: 0.3, recurrentDropout: 0.3, seed: 5, returnSequences: true, useBias: false),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 5]],
            Trainable = [("simple_rnn_cell/kernel", [4, 5]), ("simple_rnn_cell/recurrent_kernel", [5, 5])],
            SeedStates = 1,
            Losses = 2,
        };
    }

    private static IEnumerable<LayerCase> Gated()
    {
        yield return new()
        {
            Make = () => new LSTM(3),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3]],
            AutoName = "lstm",
            Trainable = [("lstm_cell/kernel", [4, 12]), ("lstm_cell/recurrent_kernel", [3, 12]), ("lstm_cell/bias", [12])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "states",
            Make = () => new LSTM(3, returnSequences: true, returnState: true, goBackwards: true, useBias: false),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 3], [2, 3], [2, 3]],
            Trainable = [("lstm_cell/kernel", [4, 12]), ("lstm_cell/recurrent_kernel", [3, 12])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "from states, dropout",
            Make = () => new LSTM(3, recurrentActivation: "hard_sigmoid", dropout: 0.2, recurrentDropout: 0.2, seed: 1),
            Inputs = [[2, 3, 4]],
            Arguments = new Dictionary<string, object> { ["initial_state"] = new Shape[] { [2, 3], [2, 3] } },
            Output = [[2, 3]],
            Trainable = [("lstm_cell/kernel", [4, 12]), ("lstm_cell/recurrent_kernel", [3, 12]), ("lstm_cell/bias", [12])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "stateful",
            Make = () => new LSTM(3, stateful: true),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3]],
            Trainable = [("lstm_cell/kernel", [4, 12]), ("lstm_cell/recurrent_kernel", [3, 12]), ("lstm_cell/bias", [12])],
            SeedStates = 1,
            NeedsBatch = true,
        };

        yield return new()
        {
            Make = () => new GRU(3),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3]],
            AutoName = "gru",
            Trainable = [("gru_cell/kernel", [4, 9]), ("gru_cell/recurrent_kernel", [3, 9]), ("gru_cell/bias", [2, 9])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "reset before, unrolled, dropout",
            Make = () => new GRU(3, resetAfter: false, unroll: true, returnState: true, dropout: 0.2, recurrentDropout: 0.2, seed: 1),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3], [2, 3]],
            Trainable = [("gru_cell/kernel", [4, 9]), ("gru_cell/recurrent_kernel", [3, 9]), ("gru_cell/bias", [9])],
            SeedStates = 1,
            AllowsUnknown = false,
        };
    }

    private static IEnumerable<LayerCase> Stacked()
    {
        yield return new()
        {
            Make = () => new RNN([new LSTMCell(3), new GRUCell(2)], returnSequences: true, returnState: true),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 2], [2, 3], [2, 3], [2, 2]],
            AutoName = "rnn",
            Trainable =
            [
                ("stacked_rnn_cells/lstm_cell/kernel", [4, 12]), ("stacked_rnn_cells/lstm_cell/recurrent_kernel", [3, 12]), ("stacked_rnn_cells/lstm_cell/bias", [12]),
                ("stacked_rnn_cells/gru_cell/kernel", [3, 6]), ("stacked_rnn_cells/gru_cell/recurrent_kernel", [2, 6]), ("stacked_rnn_cells/gru_cell/bias", [2, 6]),
            ],
            SeedStates = 2,
        };

        yield return new()
        {
            Setting = "one cell",
            Make = () => new RNN(new SimpleRNNCell(3, dropout: 0.4), goBackwards: true, zeroOutputForMask: true),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3]],
            Trainable = [("simple_rnn_cell/kernel", [4, 3]), ("simple_rnn_cell/recurrent_kernel", [3, 3]), ("simple_rnn_cell/bias", [3])],
            SeedStates = 1,
        };
    }

    private static IEnumerable<LayerCase> Both()
    {
        (string, Shape)[] weights =
        [
            ("forward_lstm/lstm_cell/kernel", [4, 12]), ("forward_lstm/lstm_cell/recurrent_kernel", [3, 12]), ("forward_lstm/lstm_cell/bias", [12]),
            ("backward_lstm/lstm_cell/kernel", [4, 12]), ("backward_lstm/lstm_cell/recurrent_kernel", [3, 12]), ("backward_lstm/lstm_cell/bias", [12]),
        ];
        yield return new()
        {
            Make = () => new Bidirectional(new LSTM(3)),
            Inputs = [[2, 3, 4]],
            Output = [[2, 6]],
            AutoName = "bidirectional",
            Trainable = weights,
            SeedStates = 2,
        };

        foreach (string? mode in new[] { "sum", "mul", "ave", null })
        {
            Shape[] output = mode == null ? [[2, 3, 3], [2, 3, 3]] : [[2, 3, 3]];
            yield return new()
            {
                Setting = mode ?? "two results",
                Make = () => new Bidirectional(new LSTM(3, returnSequences: true, returnState: true), mode),
                Inputs = [[2, 3, 4]],
                Output = [.. output, [2, 3], [2, 3], [2, 3], [2, 3]],
                Trainable = weights,
                SeedStates = 2,
            };
        }
    }

    private static IEnumerable<LayerCase> EachStep()
    {
        yield return new()
        {
            Make = () => new TimeDistributed(new Dense(5, "relu")),
            Inputs = [[2, 3, 4]],
            Output = [[2, 3, 5]],
            AutoName = "time_distributed",
            Trainable = [("dense/kernel", [4, 5]), ("dense/bias", [5])],
        };

        yield return new()
        {
            Setting = "images",
            Make = () => new TimeDistributed(new Conv2D(2, 3)),
            Inputs = [[2, 3, 5, 5, 2]],
            Output = [[2, 3, 3, 3, 2]],
            Trainable = [("conv2d/kernel", [3, 3, 2, 2]), ("conv2d/bias", [2])],
        };
    }

    private static IEnumerable<LayerCase> Convolutional()
    {
        yield return new()
        {
            Make = () => new ConvLSTM1D(2, 3),
            Inputs = [[2, 3, 6, 4]],
            Output = [[2, 4, 2]],
            AutoName = "conv_lstm1d",
            Trainable = [("conv_lstm_cell/kernel", [3, 4, 8]), ("conv_lstm_cell/recurrent_kernel", [3, 2, 8]), ("conv_lstm_cell/bias", [8])],
            SeedStates = 1,
        };

        yield return new()
        {
            Make = () => new ConvLSTM2D(2, (3, 2), padding: "same", returnSequences: true, returnState: true),
            Inputs = [[2, 3, 4, 5, 3]],
            Output = [[2, 3, 4, 5, 2], [2, 4, 5, 2], [2, 4, 5, 2]],
            AutoName = "conv_lstm2d",
            Trainable = [("conv_lstm_cell/kernel", [3, 2, 3, 8]), ("conv_lstm_cell/recurrent_kernel", [3, 2, 2, 8]), ("conv_lstm_cell/bias", [8])],
            SeedStates = 1,
        };

        yield return new()
        {
            Setting = "channels first, dropout",
            Make = () => new ConvLSTM2D(2, 2, strides: 2, dataFormat: "channels_first", useBias: false, dropout: 0.2, recurrentDropout: 0.2, seed: 1, returnSequences: true),
            Inputs = [[2, 3, 3, 4, 6]],
            Output = [[2, 3, 2, 2, 3]],
            Trainable = [("conv_lstm_cell/kernel", [2, 2, 3, 8]), ("conv_lstm_cell/recurrent_kernel", [2, 2, 2, 8])],
            SeedStates = 1,
        };

        yield return new()
        {
            Make = () => new ConvLSTM3D(2, 2, dilationRate: 2),
            Inputs = [[2, 2, 4, 4, 4, 2]],
            Output = [[2, 2, 2, 2, 2]],
            AutoName = "conv_lstm3d",
            Trainable = [("conv_lstm_cell/kernel", [2, 2, 2, 2, 8]), ("conv_lstm_cell/recurrent_kernel", [2, 2, 2, 2, 8]), ("conv_lstm_cell/bias", [8])],
            SeedStates = 1,
        };
    }
}
