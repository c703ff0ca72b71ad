using Samples.BreastCancer;

namespace NKeras.Samples.Tests;

public sealed class BreastCancerTests
{
    [Fact]
    public void The_table_is_whole()
    {
        PatientTable table = PatientTable.Load();

        // The numbers of rows, columns and benign tumours that UCI gives.
        Assert.Equal(569, table.Count);
        Assert.Equal(30, PatientTable.Columns.Count);
        Assert.Equal(357, Ops.Sum(table.Labels([.. Enumerable.Range(0, 569)])).Item<float>());
        Assert.Equal(17.99f, table.Features([0])["radius_mean"].Item<float>());
    }

    [Fact]
    public void Judges_rows_it_has_not_seen()
    {
        Utils.SetRandomSeed(1);

        IReadOnlyList<double> accuracies = CrossValidation.Run(PatientTable.Load(), folds: 3, epochs: 20);

        Assert.Equal(3, accuracies.Count);
        Assert.InRange(accuracies.Average(), 0.93, 1.0);
    }
}
