using System.Globalization;
using System.Text;

namespace NKeras.Callbacks;

/// <summary>Draws a line of progress: <c>45/45 ━━━━━━━━━━━━━━━━━━━━ 1s 12ms/step - loss: 0.3000</c>.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="dynamic">Whether the writer is a terminal, where a line can be drawn over; if not, only finished lines are written, without colours.</param>
/// <param name="target">The number of steps.</param>
/// <param name="verbose">1 for the bar, 2 for one line at the end.</param>
/// <param name="seconds">The time now, in seconds.</param>
internal sealed class Progbar(TextWriter writer, bool dynamic, int target, int verbose, Func<double> seconds)
{
    private const int Width = 20;
    private const double Interval = 0.05;

    // Consoles of old code pages have no heavy line.
    private readonly char _mark = writer.Encoding.GetString(writer.Encoding.GetBytes("━")) == "━" ? '━' : '=';
    private readonly double _start = seconds();
    private double _lastUpdate = double.NegativeInfinity;
    private double? _afterFirstStep;
    private int _previousWidth;

    /// <summary>Whether a drawing now would be shown, so that scores need not be read for nothing.</summary>
    public bool IsDue => verbose == 1 && dynamic && seconds() - _lastUpdate >= Interval;

    /// <summary>Notes that a step is done.</summary>
    public void Step(int current)
    {
        // The first step compiles: estimates leave it out.
        if (current == 1) _afterFirstStep = seconds();
    }

    /// <summary>Draws the state after a number of steps.</summary>
    public void Draw(int current, IEnumerable<KeyValuePair<string, double>> scores, bool finished)
    {
        double now = seconds();
        double perStep = current == 0 ? 0
            : _afterFirstStep is { } first && current > 1 ? (now - first) / (current - 1)
            : (now - _start) / current;
        if (verbose == 1 && (dynamic || finished)) DrawBar(current, scores, finished, now, perStep);
        if (verbose == 2 && finished)
            writer.Write($"{Count(current)} - {Rounded(now - _start)}s -{PerStep(perStep)}{Format(scores)}\n");
        writer.Flush();
        _lastUpdate = now;
    }

    private void DrawBar(int current, IEnumerable<KeyValuePair<string, double>> scores, bool finished, double now, double perStep)
    {
        int done = (int)(Width * ((double)current / target));
        string time = finished ? $"{Rounded(now - _start)}s" : Remaining(perStep * (target - current));
        string rest = $"{PerStep(perStep)}{Format(scores)}";
        int width = Count(current).Length + 1 + Width + 1 + time.Length + rest.Length;
        StringBuilder line = new();
        if (dynamic)
        {
            line.Append('\b', _previousWidth).Append('\r');
            line.Append($"\e[1m{Count(current)}\e[0m ");
            if (done > 0) line.Append($"\e[32m{new string(_mark, done)}\e[0m");
            line.Append($"\e[37m{new string(_mark, Width - done)}\e[0m \e[1m{time}\e[0m{rest}");
            line.Append(' ', Math.Max(0, _previousWidth - width));
        }
        else
        {
            line.Append($"{Count(current)} {new string(_mark, Width)} {time}{rest}");
        }

        if (finished) line.Append('\n');
        writer.Write(line);
        _previousWidth = width;
    }

    private string Count(int current)
    {
        string all = target.ToString(CultureInfo.InvariantCulture);
        return $"{current.ToString(CultureInfo.InvariantCulture).PadLeft(all.Length)}/{all}";
    }

    private static string Remaining(double seconds) => seconds switch
    {
        > 3600 => $"{(int)seconds / 3600}:{(int)seconds % 3600 / 60:00}:{(int)seconds % 60:00}",
        > 60 => $"{(int)seconds / 60}:{(int)seconds % 60:00}",
        _ => $"{(int)seconds}s",
    };

    private static string PerStep(double seconds) => seconds switch
    {
        >= 1 or 0 => $" {Rounded(seconds)}s/step",
        >= 1e-3 => $" {Rounded(seconds * 1e3)}ms/step",
        _ => $" {Rounded(seconds * 1e6)}us/step",
    };

    private static string Format(IEnumerable<KeyValuePair<string, double>> scores) =>
        string.Concat(scores.Select(s => $" - {s.Key}: {Format(s.Value)}"));

    /// <summary>Four decimals; small numbers in scientific form with an exponent of two digits, as Python prints them.</summary>
    private static string Format(double value) => value switch
    {
        double.NaN => "nan",
        double.PositiveInfinity => "inf",
        double.NegativeInfinity => "-inf",
        > 1e-3 or < -1e-3 => value.ToString("F4", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000e+00", CultureInfo.InvariantCulture),
    };

    private static string Rounded(double value) => Math.Round(value).ToString("F0", CultureInfo.InvariantCulture);
}
