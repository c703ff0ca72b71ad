using NKeras.Models;
using NKeras.Terminals;

namespace NKeras;

public partial class Model
{
    /// <summary>The optimizer's variables, for the summary; null as long as they do not exist.</summary>
    internal IReadOnlyList<Variable>? BuiltOptimizerVariables => Compiled && Optimizer.Built ? Optimizer.Variables : null;

    /// <summary>Prints the layers with their shapes and numbers of weights, as a table (<c>keras.Model.summary</c>).</summary>
    /// <remarks>
    /// In a terminal the text is coloured, by the same environment variables as Keras: NO_COLOR leaves only bold, FORCE_COLOR colours
    /// what goes elsewhere, too. A layer that is not built has no shape (<c>?</c>) and no weights yet (<c>0 (unbuilt)</c>).
    /// </remarks>
    /// <param name="lineLength">The table's width in characters; as much as the model needs and the terminal has (80 without one) if omitted.</param>
    /// <param name="positions">Where the columns end, as shares of the width; without the column of <paramref name="showTrainable"/>.</param>
    /// <param name="printFn">Takes the whole text, plain, in one call; it is written to the console if omitted.</param>
    /// <param name="expandNested">Whether the layers of models inside are listed too.</param>
    /// <param name="showTrainable">Whether a column tells which layers are trainable.</param>
    /// <param name="layerRange">The first and the last layer to list: two regular expressions that their names begin with.</param>
    /// <exception cref="ArgumentException">A column is too narrow, or no layer has a name as in the range.</exception>
    public void Summary(
        int? lineLength = null, double[]? positions = null, Action<string>? printFn = null, bool expandNested = false, bool showTrainable = false, string[]? layerRange = null)
    {
        StyledText text = new ModelSummary(this, expandNested, showTrainable).Text(lineLength, positions, layerRange);
        if (printFn != null) printFn(text.ToString());
        else Terminal.Write(text);
    }
}
