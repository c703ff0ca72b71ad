using System.Text.Json.Nodes;
using NKeras.Callbacks.Backups;
using NKeras.Saving;
using NKeras.Training;

namespace NKeras.Callbacks;

/// <summary>
/// Lets <c>Fit</c> go on after an interruption (<c>keras.callbacks.BackupAndRestore</c>): the process was killed, the machine went down, a callback threw. Run
/// the same program again: <c>Fit</c> goes on from the last backup, and ends with the same bits as if it had never been interrupted.
/// </summary>
/// <remarks>
/// <para>
/// A backup holds the weights and the optimizer's state, the place in the data, metrics in the middle of an epoch, random generators, the order of samples, and
/// what callbacks remember (<see cref="Callback.GetState"/>): <see cref="EarlyStopping"/> goes on waiting where it was. It is written as a whole or not at all, after all
/// callbacks have been called; the last one stays until then.
/// </para>
/// <para>
/// For the same bits the program must be the same: the model, the data and the arguments of <c>Fit</c>. Arrays, lists, <see cref="Dataset"/>s and <see cref="PyDataset"/>s go on at
/// their place at once, if a <c>PyDataset</c>'s batches depend on their number and on what its hooks for epochs do. Other sequences are read again up to it. Random choices of the
/// program's own begin anew with it, so data sets that are shuffled need a seed: their own or <see cref="Utils.SetRandomSeed"/>'s.
/// </para>
/// <para>The history has the epochs of this call, as in Keras; those before the interruption are not in it.</para>
/// </remarks>
/// <example><code>
/// model.Fit(x, y, epochs: 100, callbacks: [new BackupAndRestore("backup")]);
/// </code></example>
public class BackupAndRestore : Callback
{
    private readonly BackupFolder _folder;
    private readonly BatchCounter _batches;
    private FitLoop? _loop;
    private bool _due;
    private bool _ended;

    /// <summary>Creates the callback.</summary>
    /// <param name="backupDir">The folder for backups, which is for this run only. It is made if there is none.</param>
    /// <param name="saveFreq"><c>"epoch"</c>, or after how many batches each time.</param>
    /// <param name="doubleCheckpoint">Whether the backup before the latest is kept, too: to go on from where the latest is damaged.</param>
    /// <param name="deleteCheckpoint">
    /// Whether backups are deleted when training has ended. If the process may be killed between that and saving the model, keep them: <c>Fit</c> then does
    /// nothing but restore the model.
    /// </param>
    /// <exception cref="ArgumentException">There is no folder's name, or the frequency is none.</exception>
    // Keras: saveFreq: false, for jobs that are told before they end, saves after every batch here as there; give 1.
    public BackupAndRestore(string backupDir, Frequency saveFreq = default, bool doubleCheckpoint = false, bool deleteCheckpoint = true)
    {
        if (string.IsNullOrEmpty(backupDir)) throw new ArgumentException("Empty backupDir argument passed: BackupAndRestore needs a folder.", nameof(backupDir));
        saveFreq.RequireForSaving(nameof(BackupAndRestore));
        (BackupDir, SaveFreq, DoubleCheckpoint, DeleteCheckpoint) = (backupDir, saveFreq, doubleCheckpoint, deleteCheckpoint);
        _folder = new BackupFolder(backupDir);
        _batches = new BatchCounter(saveFreq.Batches);
    }

    /// <summary>The folder for backups.</summary>
    public string BackupDir { get; }

    /// <summary>How often it makes a backup.</summary>
    public Frequency SaveFreq { get; }

    /// <summary>Whether the backup before the latest is kept, too.</summary>
    public bool DoubleCheckpoint { get; }

    /// <summary>Whether backups are deleted when training has ended.</summary>
    public bool DeleteCheckpoint { get; }

    // Subclasses may look at scores.
    internal override bool WantsScores => GetType() != typeof(BackupAndRestore) && base.WantsScores;

    /// <summary>Restores the last backup, if there is one.</summary>
    /// <exception cref="ModelFileException">The backup is damaged, or that of another model.</exception>
    /// <exception cref="IOException">The folder cannot be written, or another run has it.</exception>
    public override void OnTrainBegin(IDictionary<string, double>? logs = null)
    {
        _loop = Model.FitInProgress ?? throw new InvalidOperationException("BackupAndRestore works in Fit only: nothing else can be told where to go on.");
        (_due, _ended) = (false, false);
        _folder.Open();
        if (Read(_loop) is { } backup) _loop.GoOnFrom(backup.Point, backup.Restore);
    }

    /// <inheritdoc/>
    public override void OnTrainBatchEnd(int batch, IDictionary<string, double>? logs = null) => _due |= _batches.Count(batch);

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, IDictionary<string, double>? logs = null)
    {
        _batches.EndEpoch();
        _due |= SaveFreq.Batches == null;
    }

    /// <inheritdoc/>
    public override void OnTrainEnd(IDictionary<string, double>? logs = null) => _ended = true;

    /// <inheritdoc/>
    public override JsonObject GetState() => new() { ["batches"] = _batches.GetState() };

    /// <inheritdoc/>
    public override void SetState(JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _batches.SetState(state, "batches");
    }

    internal override void OnOthersCalled()
    {
        SaveIfDue();
        if (!_ended) return;
        if (DeleteCheckpoint) _folder.Delete();
        else _folder.Release();
    }

    internal override void OnAbandoned()
    {
        try
        {
            // Another callback threw, after the batch or epoch was over.
            SaveIfDue();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn($"No backup was made: {e.Message}");
        }

        _folder.Release();
    }

    private void SaveIfDue()
    {
        if (!_due) return;
        _due = false;
        _folder.Write(stream => Backup.Write(stream, Model, _loop!), DoubleCheckpoint);
    }

    private Backup? Read(FitLoop loop)
    {
        IReadOnlyList<string> backups = _folder.Backups;
        for (int i = 0; i < backups.Count; i++)
        {
            try
            {
                return Backup.Read(backups[i], Model, loop);
            }
            catch (ModelFileException e) when (i < backups.Count - 1)
            {
                Warn($"Training goes on from the backup before the latest. {e.Message}");
            }
            catch (ModelFileException e)
            {
                throw new ModelFileException($"{e.Message} Training cannot go on from it; delete '{BackupDir}' to begin anew.", e.FileName, e.KerasVersion, e);
            }
        }

        return null;
    }
}
