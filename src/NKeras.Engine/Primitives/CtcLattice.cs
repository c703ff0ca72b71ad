using static NKeras.Engine.Primitives.ScalarMath;

namespace NKeras.Engine.Primitives;

/// <summary>The log-probabilities of all prefixes of one sequence's labels after each step, by whether the last step was a blank.</summary>
/// <remarks>
/// As in optax, on which Keras relies, what cannot happen has a log-probability of -1e5 rather than minus infinity: labels that do
/// not fit into the steps give a great but finite loss.
/// </remarks>
internal sealed class CtcLattice
{
    private const double Impossible = -1e5;

    private readonly ElementView _x;
    private readonly int _blank;
    private readonly int _sequence;
    private readonly int[] _labels;
    private readonly int _steps;

    /// <summary>After each step, the prefixes of n labels that end with a blank; and those whose last step was label n.</summary>
    private readonly double[][] _blanks;
    private readonly double[][] _emits;

    /// <param name="blank">The class that stands for no label.</param>
    /// <param name="inputs">Log-probabilities, labels, and how many labels and steps count.</param>
    /// <param name="sequence">Which sequence of the batch.</param>
    public CtcLattice(int blank, ReadOnlySpan<ElementView> inputs, int sequence)
    {
        (_x, _blank, _sequence) = (inputs[0], blank, sequence);
        int most = inputs[1].Shape.Dims[1];
        _labels = new int[Math.Clamp(inputs[2].Long(sequence), 0, most)];
        for (int n = 0; n < _labels.Length; n++) _labels[n] = (int)inputs[1].Long((sequence * most) + n);
        _steps = (int)Math.Clamp(inputs[3].Long(sequence), 0, _x.Shape.Dims[1]);
        (_blanks, _emits) = (new double[_steps + 1][], new double[_steps + 1][]);
        _blanks[0] = [0, .. Enumerable.Repeat(Impossible, _labels.Length)];
        _emits[0] = [.. Enumerable.Repeat(Impossible, _labels.Length)];
        for (int t = 0; t < _steps; t++) Step(t);
        int last = _labels.Length;
        Loss = -(last == 0 ? _blanks[_steps][0] : LogAdd(_blanks[_steps][last], _emits[_steps][last - 1]));
    }

    /// <summary>The negative log-probability of the labels; NaN if one is no class.</summary>
    public double Loss { get; }

    /// <summary>Writes the derivative of <see cref="Loss"/> with respect to each log-probability; other elements are left alone.</summary>
    public void WriteGradient(ElementView gradient)
    {
        int count = _labels.Length;
        double[] blanks = new double[count + 1], emits = new double[count];
        if (count == 0) blanks[0] = -1;
        else (blanks[count], emits[count - 1]) = Shares(-1, _blanks[_steps][count], _emits[_steps][count - 1]);
        for (int t = _steps - 1; t >= 0; t--)
        {
            (double[] before, double[] emitted, double[] entered) = (_blanks[t], _emits[t], Entered(t));
            double[] toEntered = new double[count + 1], toEmitted = new double[count];
            double toBlank = blanks[0];
            toEntered[0] = blanks[0];
            for (int n = 0; n < count; n++)
            {
                (double stays, double ends) = Shares(blanks[n + 1], entered[n + 1], emitted[n] + AfterRepeat(n));
                toEntered[n + 1] += stays;
                toEmitted[n] += ends;
                toBlank += blanks[n + 1];
                (double begins, double goesOn) = Shares(emits[n], entered[n], emitted[n]);
                toEntered[n] += begins;
                toEmitted[n] += goesOn;
                Add(t, _labels[n], emits[n]);
            }

            Add(t, _blank, toBlank);
            blanks[0] = toEntered[0];
            for (int n = 0; n < count; n++)
            {
                (blanks[n + 1], double passes) = Shares(toEntered[n + 1], before[n + 1], emitted[n] + BeforeOther(n));
                toEmitted[n] += passes;
            }

            emits = toEmitted;
        }

        void Add(int step, int label, double value)
        {
            if (label < 0 || label >= _x.Shape.Dims[2]) return;
            int at = At(step, label);
            gradient.SetDouble(at, gradient.Double(at) + value);
        }
    }

    private void Step(int t)
    {
        double[] entered = Entered(t), emitted = _emits[t];
        double logBlank = LogProbability(t, _blank);
        double[] blanks = new double[entered.Length], emits = new double[emitted.Length];
        blanks[0] = entered[0] + logBlank;
        for (int n = 0; n < emitted.Length; n++)
        {
            emits[n] = LogAdd(entered[n], emitted[n]) + LogProbability(t, _labels[n]);
            blanks[n + 1] = LogAdd(entered[n + 1], emitted[n] + AfterRepeat(n)) + logBlank;
        }

        (_blanks[t + 1], _emits[t + 1]) = (blanks, emits);
    }

    /// <summary>Prefixes of n labels after which label n may follow at once: those that end with a blank, or with another label.</summary>
    private double[] Entered(int t)
    {
        double[] entered = [.. _blanks[t]];
        for (int n = 0; n < _labels.Length; n++) entered[n + 1] = LogAdd(entered[n + 1], _emits[t][n] + BeforeOther(n));
        return entered;
    }

    private bool Repeats(int n) => n + 1 < _labels.Length && _labels[n] == _labels[n + 1];

    /// <summary>Two equal labels need a blank between them.</summary>
    private double BeforeOther(int n) => Repeats(n) ? Impossible : 0;

    private double AfterRepeat(int n) => Repeats(n) ? 0 : Impossible;

    private int At(int step, int label) => (((_sequence * _x.Shape.Dims[1]) + step) * _x.Shape.Dims[2]) + label;

    private double LogProbability(int step, int label) => label >= 0 && label < _x.Shape.Dims[2] ? _x.Double(At(step, label)) : double.NaN;

    /// <summary>How a gradient of log(exp(a) + exp(b)) is shared.</summary>
    private static (double A, double B) Shares(double gradient, double a, double b)
    {
        double sum = LogAdd(a, b);
        return double.IsNegativeInfinity(sum) ? (0, 0) : (gradient * Math.Exp(a - sum), gradient * Math.Exp(b - sum));
    }
}
