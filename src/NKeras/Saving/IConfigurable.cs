using System.Text.Json.Nodes;

namespace NKeras.Saving;

/// <summary>Something that can be made again from a configuration.</summary>
internal interface IConfigurable
{
    /// <summary>What it was made with, by Keras's names.</summary>
    JsonObject GetConfig();
}
