using NKeras.Engine.Numerics;
using static NKeras.Engine.Primitives.ScalarMath;

namespace NKeras.Engine.Primitives;

/// <summary>The log-probabilities of all prefixes of one sequence's labels after each step, by whether the last step was a blank.</summary>
/// <remarks>
/// As in optax, on which Keras relies, what cannot happen has a log-probability of -1e5 rather than minus infinity: labels that do
/// not fit into the steps give a great but finite loss. What it holds is in the <see cref="Workspace"/>.
/// </remarks>
internal readonly ref struct CtcLattice
{
    private const double Impossible = -1e5;

    private readonly ElementView _x;
    private readonly int _blank;
    private readonly int _sequence;
    private readonly Span<int> _labels;
    private readonly int _steps;

    /// <summary>After each step, the prefixes of n labels that end with a blank; and those whose last step was label n.</summary>
    private readonly Matrix _blanks;
    private readonly Matrix _emits;

    /// <param name="blank">The class that stands for no label.</param>
    /// <param name="inputs">Log-probabilities, labels, and how many labels and steps count.</param>
    /// <param name="sequence">Which sequence of the batch.</param>
    public CtcLattice(int blank, ReadOnlySpan<ElementView> inputs, int sequence)
    {
        (_x, _blank, _sequence) = (inputs[0], blank, sequence);
        int most = inputs[1].Shape.Dims[1];
        _labels = Workspace.Take<int>((int)Math.Clamp(inputs[2].Long(sequence), 0, most));
        for (int n = 0; n < _labels.Length; n++) _labels[n] = (int)inputs[1].Long((sequence * most) + n);
        _steps = (int)Math.Clamp(inputs[3].Long(sequence), 0, _x.Shape.Dims[1]);
        int last = _labels.Length;
        _blanks = new Matrix(Workspace.Take((_steps + 1) * (last + 1)), _steps + 1, last + 1);
        _emits = new Matrix(Workspace.Take((_steps + 1) * last), _steps + 1, last);
        _blanks.Row(0, 1).Fill(Impossible);
        _emits.Row(0).Fill(Impossible);
        for (int t = 0; t < _steps; t++) Step(t);
        Loss = -(last == 0 ? _blanks[_steps, 0] : LogAdd(_blanks[_steps, last], _emits[_steps, last - 1]));
    }

    /// <summary>The negative log-probability of the labels; NaN if one is no class.</summary>
    public double Loss { get; }

    /// <summary>Writes the derivative of <see cref="Loss"/> with respect to each log-probability; other elements are left alone.</summary>
    public void WriteGradient(ElementView gradient)
    {
        int count = _labels.Length;
        Span<double> blanks = Workspace.Take(count + 1), emits = Workspace.Take(count), toEntered = Workspace.Take(count + 1), toEmitted = Workspace.Take(count);
        if (count == 0) blanks[0] = -1;
        else (blanks[count], emits[count - 1]) = Shares(-1, _blanks[_steps, count], _emits[_steps, count - 1]);
        for (int t = _steps - 1; t >= 0; t--)
        {
            using Workspace.Scope scope = Workspace.Enter();
            Span<double> before = _blanks.Row(t), emitted = _emits.Row(t), entered = Entered(t);
            toEntered.Clear();
            toEmitted.Clear();
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
                Add(gradient, t, _labels[n], emits[n]);
            }

            Add(gradient, t, _blank, toBlank);
            blanks[0] = toEntered[0];
            for (int n = 0; n < count; n++)
            {
                (blanks[n + 1], double passes) = Shares(toEntered[n + 1], before[n + 1], emitted[n] + BeforeOther(n));
                toEmitted[n] += passes;
            }

            toEmitted.CopyTo(emits);
        }
    }

    private void Add(ElementView gradient, int step, int label, double value)
    {
        if (label < 0 || label >= _x.Shape.Dims[2]) return;
        int at = At(step, label);
        gradient.SetDouble(at, gradient.Double(at) + value);
    }

    private void Step(int t)
    {
        using Workspace.Scope scope = Workspace.Enter();
        Span<double> entered = Entered(t), emitted = _emits.Row(t), blanks = _blanks.Row(t + 1), emits = _emits.Row(t + 1);
        double logBlank = LogProbability(t, _blank);
        blanks[0] = entered[0] + logBlank;
        for (int n = 0; n < emitted.Length; n++)
        {
            emits[n] = LogAdd(entered[n], emitted[n]) + LogProbability(t, _labels[n]);
            blanks[n + 1] = LogAdd(entered[n + 1], emitted[n] + AfterRepeat(n)) + logBlank;
        }
    }

    /// <summary>Prefixes of n labels after which label n may follow at once: those that end with a blank, or with another label.</summary>
    private Span<double> Entered(int t)
    {
        Numbers entered = Workspace.Take(_labels.Length + 1);
        _blanks.Row(t).CopyTo(entered);
        for (int n = 0; n < _labels.Length; n++) entered[n + 1] = LogAdd(entered[n + 1], _emits[t, n] + BeforeOther(n));
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
