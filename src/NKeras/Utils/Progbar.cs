using System.Diagnostics;
using System.Globalization;
using NKeras.Core;
using NKeras.Terminals;

namespace NKeras;

/// <summary>
/// Draws a line of progress: <c>45/100 ━━━━━━━━━━━━━━━━━━━━ 1s 12ms/step - loss: 0.3000</c> (<c>keras.utils.Progbar</c>). For training loops
/// of one's own; <c>Fit</c> and its kin have one.
/// </summary>
/// <remarks>
/// In a terminal the line is drawn over and over, at most every <see cref="Interval"/> seconds, and is cut to the terminal's width until
/// it is finished. Where output goes to a file, finished lines are written only. The environment variables <c>NO_COLOR</c>,
/// <c>FORCE_COLOR</c>, <c>TERM</c> and <c>COLUMNS</c> count.
/// </remarks>
/// <example>
/// <code>
/// Progbar bar = new(target: 100);
/// for (int step = 1; step &lt;= 100; step++)
/// {
///     double loss = model.TrainOnBatch(x, y);
///     bar.Update(step, [("loss", loss)]);
/// }
/// </code>
/// </example>
public sealed class Progbar
{
    /// <summary>The least that is left of the bar in a narrow terminal, in characters.</summary>
    private const int LeastWidth = 5;

    private readonly TerminalLine _line;
    private readonly Func<double> _seconds;
    private readonly double _start;
    private readonly HashSet<string>? _stateful;
    private readonly HashSet<string>? _stateless;
    private readonly OrderedDictionary<string, (double Sum, double Count)> _values = [];
    private readonly char _mark;
    private readonly char _left;
    private double _lastUpdate = double.NegativeInfinity;
    private double? _afterFirstStep;
    private int _seen;

    /// <summary>Creates a bar. The clock starts.</summary>
    /// <param name="target">The number of steps; null if unknown.</param>
    /// <param name="width">The length of the bar in characters.</param>
    /// <param name="verbose">0 for nothing, 1 for the bar, 2 for one line at the end.</param>
    /// <param name="interval">The least time between two drawings, in seconds.</param>
    /// <param name="statefulMetrics">The scores that are shown as they are; others are averaged over the steps.</param>
    /// <param name="statelessMetrics">In place of <paramref name="statefulMetrics"/>: the scores that are averaged; others are shown as they are.</param>
    /// <param name="unitName">What a step is called.</param>
    /// <exception cref="ArgumentException">Both kinds of scores are given, or a number is out of range.</exception>
    public Progbar(
        int? target,
        int width = 20,
        int verbose = 1,
        double interval = 0.05,
        IEnumerable<string>? statefulMetrics = null,
        IEnumerable<string>? statelessMetrics = null,
        string unitName = "step")
        : this(TerminalLine.OnConsole(), Now, target, width, verbose, interval, statefulMetrics, statelessMetrics, unitName)
    {
    }

    /// <summary>Creates a bar elsewhere than on the console.</summary>
    internal Progbar(
        TerminalLine line,
        Func<double> seconds,
        int? target,
        int width = 20,
        int verbose = 1,
        double interval = 0.05,
        IEnumerable<string>? statefulMetrics = null,
        IEnumerable<string>? statelessMetrics = null,
        string unitName = "step")
    {
        if (statefulMetrics != null && statelessMetrics != null)
            throw new ArgumentException("Only one of statefulMetrics and statelessMetrics can be given: the first says which scores are not averaged, the second which are.", nameof(statelessMetrics));
        if (target is { } steps) ArgumentOutOfRangeException.ThrowIfNegative(steps, nameof(target));
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ArgumentNullException.ThrowIfNull(unitName);
        (_line, _seconds, _start) = (line, seconds, seconds());
        (Target, Width, Verbose, Interval, UnitName) = (target, width, verbose, interval, unitName);
        _stateless = statelessMetrics?.ToHashSet();
        _stateful = _stateless == null ? (statefulMetrics ?? []).ToHashSet() : null;
        bool heavy = line.CanWrite('━');
        _mark = heavy ? '━' : '=';
        // Keras: tells the two parts of the bar by their colours only.
        _left = line.Colored ? _mark : heavy ? '─' : '.';
    }

    /// <summary>The number of steps; null if unknown.</summary>
    public int? Target { get; internal set; }

    /// <summary>The length of the bar in characters.</summary>
    public int Width { get; }

    /// <summary>0, 1 or 2.</summary>
    public int Verbose { get; }

    /// <summary>The least time between two drawings, in seconds.</summary>
    public double Interval { get; }

    /// <summary>What a step is called.</summary>
    public string UnitName { get; }

    /// <summary>Whether a drawing now would be shown, so that scores need not be read for nothing.</summary>
    internal bool IsDue => Verbose == 1 && _line.Dynamic && _seconds() - _lastUpdate >= Interval;

    private bool TargetKnown => Target > 0;

    /// <summary>Shows the state after a number of steps.</summary>
    /// <param name="current">How many steps are done.</param>
    /// <param name="values">Scores of the last step, by name.</param>
    /// <param name="finalize">Whether the line is finished; if omitted, whether the target is reached.</param>
    public void Update(int current, IEnumerable<(string Name, double Value)>? values = null, bool? finalize = null)
    {
        bool finished = finalize ?? current >= Target;
        foreach ((string name, double value) in values ?? []) Take(name, value, current, finished);
        Show(current, finished);
    }

    /// <summary>Shows the state after more steps.</summary>
    /// <param name="n">How many more.</param>
    /// <param name="values">Scores of the last step, by name.</param>
    public void Add(int n, IEnumerable<(string Name, double Value)>? values = null) => Update(_seen + n, values);

    /// <summary>Shows the state after a number of steps, with scores as callbacks get them.</summary>
    internal void Update(int current, IDictionary<string, double> logs, bool finished)
    {
        foreach ((string name, double value) in logs) Take(name, value, current, finished);
        Show(current, finished);
    }

    /// <summary>Notes that steps are done, where <see cref="IsDue"/> says that nothing is to be shown. Allocates nothing.</summary>
    internal void Skip(int current)
    {
        _seen = current;
        if (current == 1) Measure(current, _seconds());
    }

    /// <summary>The time now.</summary>
    internal static double Now() => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;

    private void Take(string name, double value, int current, bool finished)
    {
        bool averaged = _stateless?.Contains(name) ?? !_stateful!.Contains(name);
        // The last values are those of all steps.
        if (!averaged || finished)
        {
            _values[name] = (value, 1);
            return;
        }

        int steps = Math.Max(1, current - _seen);
        (double sum, double count) = _values.GetValueOrDefault(name);
        _values[name] = (sum + (value * steps), count + steps);
    }

    private void Show(int current, bool finished)
    {
        _seen = current;
        double now = _seconds();
        double perStep = Measure(current, now);
        if (Verbose == 1)
        {
            if (now - _lastUpdate < Interval && !finished) return;
            if (_line.Dynamic || finished) _line.Draw(Bar(current, finished, now, perStep), finished);
        }
        else if (Verbose == 2 && finished && TargetKnown)
        {
            // Keras: here all negative scores are in scientific form.
            _line.Write($"{Count(current)} - {Rounded(now - _start)}s -{PerStep(perStep)}{Scores(v => v > 1e-3)}");
        }

        _lastUpdate = now;
    }

    /// <summary>The time that a step takes. The first is left out once there are more: it compiles.</summary>
    private double Measure(int current, double now)
    {
        if (current == 0) return 0;
        if (_afterFirstStep is { } first && current > 1) return (now - first) / (current - 1);
        if (current == 1) _afterFirstStep = now;
        return (now - _start) / current;
    }

    private List<(string, string)> Bar(int current, bool finished, double now, double perStep)
    {
        string time = TargetKnown && !finished ? Remaining(perStep * (Target!.Value - current)) : $"{Rounded(now - _start)}s";
        string rest = PerStep(perStep) + Scores(v => Math.Abs(v) > 1e-3);
        if (!TargetKnown) return [($"{current.ToString(CultureInfo.InvariantCulture),7}/Unknown", ""), (" ", ""), (time, "1"), (rest, "")];

        string count = Count(current);
        int width = Width;
        if (!finished)
        {
            int others = count.Length + 2 + time.Length + TextWidth.Of(rest.EnumerateRunes());
            width = Math.Clamp(_line.Room - others, Math.Min(Width, LeastWidth), Width);
        }

        int done = Math.Min(width, (int)(width * ((double)current / Target!.Value)));
        return
        [
            (count, "1"), (" ", ""),
            .. done > 0 ? [(new string(_mark, done), "32")] : Array.Empty<(string, string)>(),
            (new string(_left, width - done), "37"), (" ", ""), (time, "1"), (rest, ""),
        ];
    }

    private string Count(int current)
    {
        string all = Target!.Value.ToString(CultureInfo.InvariantCulture);
        return $"{current.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)}/{all}";
    }

    private static string Remaining(double seconds) => seconds switch
    {
        > 3600 => $"{(long)seconds / 3600}:{(long)seconds % 3600 / 60:00}:{(long)seconds % 60:00}",
        > 60 => $"{(long)seconds / 60}:{(long)seconds % 60:00}",
        _ => $"{(long)seconds}s",
    };

    private string PerStep(double seconds) => seconds switch
    {
        >= 1 or 0 => $" {Rounded(seconds)}s/{UnitName}",
        >= 1e-3 => $" {Rounded(seconds * 1e3)}ms/{UnitName}",
        _ => $" {Rounded(seconds * 1e6)}us/{UnitName}",
    };

    private string Scores(Func<double, bool> isPlain) => string.Concat(_values.Select(v =>
    {
        double mean = v.Value.Sum / Math.Max(1, v.Value.Count);
        return $" - {v.Key}: {(isPlain(mean) ? PythonNumber.Fixed(mean, 4) : PythonNumber.Scientific(mean, 4))}";
    }));

    private static string Rounded(double value) => Math.Round(value).ToString("F0", CultureInfo.InvariantCulture);
}
