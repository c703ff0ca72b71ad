using System.Text.Json.Nodes;
using NKeras.Saving;

namespace NKeras.Training;

/// <summary>A point in a call of <c>Fit</c>, between two batches or two epochs, from which it can go on.</summary>
/// <param name="Epoch">The epoch in progress, or the next one.</param>
/// <param name="Batch">How many batches of it are done; 0 before it begins.</param>
/// <param name="EpochIsOver">Whether it has no more batches.</param>
/// <param name="EpochsRun">How many epochs have ended since <c>Fit</c> was called.</param>
/// <param name="Data">Where the training data stands.</param>
/// <param name="Validations">How often the model was validated.</param>
/// <param name="ValidationData">Where the data for that stands.</param>
/// <param name="Stopped">Whether a callback has stopped training.</param>
/// <param name="Logs">The scores of the epoch in progress, or of the last one.</param>
internal sealed record TrainingPoint(
    int Epoch, int Batch, bool EpochIsOver, int EpochsRun, DataPosition Data, int Validations, DataPosition ValidationData, bool Stopped, IReadOnlyDictionary<string, double> Logs)
{
    /// <summary>The same as JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["epoch"] = Epoch,
        ["batch"] = Batch,
        ["epoch_is_over"] = EpochIsOver,
        ["epochs_run"] = EpochsRun,
        ["data"] = Of(Data),
        ["validations"] = Validations,
        ["validation_data"] = Of(ValidationData),
        ["stopped"] = Stopped,
        ["logs"] = new JsonObject(Logs.Select(l => KeyValuePair.Create(l.Key, (JsonNode?)StateJson.Of(l.Value)))),
    };

    /// <summary>Reads one.</summary>
    /// <exception cref="ArgumentException">It is not valid.</exception>
    public static TrainingPoint From(JsonObject json) => new(
        Count(json, "epoch"),
        Count(json, "batch"),
        StateJson.Flag(json, "epoch_is_over"),
        Count(json, "epochs_run"),
        Position(json, "data"),
        Count(json, "validations"),
        Position(json, "validation_data"),
        StateJson.Flag(json, "stopped"),
        StateJson.Object(json, "logs").ToDictionary(l => l.Key, l => StateJson.Number(l.Value, l.Key)));

    private static JsonArray Of(DataPosition position) => [position.First, position.Pass, position.Taken];

    private static DataPosition Position(JsonObject json, string key)
    {
        int[] numbers = StateJson.Integers(json, key, 3);
        return new DataPosition(numbers[0], NotNegative(numbers[1], key), NotNegative(numbers[2], key));
    }

    private static int Count(JsonObject json, string key) => NotNegative(StateJson.Integer(json, key), key);

    private static int NotNegative(int value, string key) => value >= 0 ? value : throw new ArgumentException($"'{key}' is negative.");
}
