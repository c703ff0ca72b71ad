using System.Globalization;

namespace NKeras.Cli;

/// <summary>Numbers as text: a line for each sample, commas between its values.</summary>
internal static class CsvFile
{
    /// <summary>Reads a table. A first line with something else than numbers is taken for the columns' names.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="expected">The input that it is for: lines of as many values as a sample of it has get its shape.</param>
    /// <exception cref="InvalidDataException">A value is no number, or lines have different numbers of values.</exception>
    public static Tensor Read(Stream stream, string name, KerasTensor? expected)
    {
        using StreamReader reader = new(stream);
        List<double> values = [];
        int columns = 0, rows = 0, line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (string.IsNullOrWhiteSpace(text)) continue;
            string[] cells = text.Split(',', StringSplitOptions.TrimEntries);
            double?[] numbers = [.. cells.Select(Number)];
            if (rows == 0 && columns == 0 && numbers.All(n => n == null))
            {
                columns = cells.Length;
                continue;
            }

            if (columns == 0) columns = cells.Length;
            if (cells.Length != columns) throw new InvalidDataException($"'{name}', line {line}: it has {cells.Length} values; the lines before have {columns}.");
            int bad = Array.IndexOf(numbers, null);
            if (bad >= 0) throw new InvalidDataException($"'{name}', line {line}, value {bad + 1}: '{Saving.BadConfig.Excerpt(cells[bad])}' is no number.");
            values.AddRange(numbers.Select(n => n!.Value));
            rows++;
        }

        if (rows == 0) throw new InvalidDataException($"'{name}' has no values.");
        Tensor table = Tensor.From(values.ToArray(), [rows, columns]);
        return Ops.Cast(Shaped(table, columns, expected), expected?.DType ?? DType.Float32);
    }

    /// <summary>Writes a line for each sample with the values of all outputs.</summary>
    public static void Write(TextWriter writer, Tensors outputs)
    {
        string[][] cells = [.. Enumerable.Select(outputs, Cells)];
        int rows = outputs[0].Shape.Rank == 0 ? 1 : outputs[0].Shape[0] ?? 0;
        for (int row = 0; row < rows; row++) writer.WriteLine(string.Join(',', cells.SelectMany(all => all.Skip(row * (all.Length / rows)).Take(all.Length / rows))));
    }

    /// <summary>The elements as text. Numbers of 32 bits or less have their own shortest digits; texts stand in quotes where they need them.</summary>
    private static string[] Cells(Tensor output)
    {
        if (output.DType == DType.String) return Array.ConvertAll(output.ToStrings(), t => t.AsSpan().IndexOfAny(",\"\r\n") < 0 ? t : $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        bool isSingle = output.DType.Size <= sizeof(float);
        return Array.ConvertAll(Ops.Cast(output, DType.Float64).ToArray<double>(), v => isSingle && v == (float)v
            ? ((float)v).ToString("R", CultureInfo.InvariantCulture)
            : v.ToString("R", CultureInfo.InvariantCulture));
    }

    private static Tensor Shaped(Tensor table, int columns, KerasTensor? expected)
    {
        if (expected == null || expected.Shape.Rank is 0 or 2) return table;
        int?[] sample = [.. Enumerable.Range(1, expected.Shape.Rank - 1).Select(i => expected.Shape[i])];
        return sample.All(d => d != null) && sample.Aggregate(1L, (size, d) => size * d!.Value) == columns ? Ops.Reshape(table, [-1, .. sample.Select(d => d!.Value)]) : table;
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
}
