// Tells malignant from benign tumours by 30 measurements, prepared by a FeatureSpace, and judges by cross-validation.
//
//     dotnet run -c Release --project samples/BreastCancer

using System.Globalization;
using NKeras;
using Samples.BreastCancer;

Utils.SetRandomSeed(1);
PatientTable table = PatientTable.Load();
IReadOnlyList<double> accuracies = CrossValidation.Run(table, folds: 10, epochs: 60);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"accuracy in each of {accuracies.Count} folds: {string.Join(", ", accuracies.Select(a => a.ToString("F3", CultureInfo.InvariantCulture)))}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cross-validated accuracy: {accuracies.Average():F4}"));
