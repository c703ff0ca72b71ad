namespace NKeras.Saving.Older;

/// <summary>What a class of another version of Keras is today.</summary>
/// <param name="Name">The class.</param>
/// <param name="Change">Changes the configuration, where the class tells what the configuration does not; gives the class if that depends on it.</param>
internal sealed record OlderClass(string Name, Func<ConfigDraft, string?>? Change = null);
