using NKeras.Downloads;
using NKeras.Plotting;
using NKeras.Plotting.Layered;

namespace NKeras;

public static partial class Utils
{
    /// <summary>A picture of a model as a graph for Graphviz (<c>keras.utils.model_to_dot</c>).</summary>
    /// <param name="model">The model; it must be built.</param>
    /// <param name="showShapes">Whether to show the shapes of inputs and outputs.</param>
    /// <param name="showDtype">Whether to show the element types of outputs.</param>
    /// <param name="showLayerNames">Whether to show the names of layers, beside those of their classes.</param>
    /// <param name="rankdir">Where the arrows point: <c>"TB"</c> (down), <c>"BT"</c>, <c>"LR"</c> or <c>"RL"</c>.</param>
    /// <param name="expandNested">Whether to draw the layers of models inside the model, in a frame.</param>
    /// <param name="dpi">The resolution that Graphviz is to use, in dots per inch.</param>
    /// <param name="subgraph">Whether the result is the frame of one model, to be put into another graph.</param>
    /// <param name="showLayerActivations">Whether to show the activations of layers that have one.</param>
    /// <param name="showTrainable">Whether to show which layers with weights are trainable.</param>
    /// <param name="splines">How Graphviz is to draw edges: <c>"ortho"</c> (right angles), <c>"curved"</c>, <c>"spline"</c>, <c>"polyline"</c> or <c>"line"</c>.</param>
    /// <returns>The graph. Its <see cref="DotGraph.ToString"/> is the text.</returns>
    /// <remarks>A model with a Call of its own, whose layers are connected by code, is a single box.</remarks>
    /// <exception cref="ArgumentException"><paramref name="rankdir"/> or <paramref name="splines"/> is not one of those above, or <paramref name="dpi"/> is not positive.</exception>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    public static DotGraph ModelToDot(
        Model model,
        bool showShapes = false,
        bool showDtype = false,
        bool showLayerNames = true,
        string rankdir = "TB",
        bool expandNested = false,
        int dpi = 200,
        bool subgraph = false,
        bool showLayerActivations = false,
        bool showTrainable = false,
        string splines = "ortho")
    {
        _ = ParseRankdir(rankdir);
        _ = ParseSplines(splines);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dpi);
        ModelPicture picture = new(model, new PlotOptions(showShapes, showDtype, showLayerNames, expandNested, showLayerActivations, showTrainable));
        return new DotGraph(subgraph ? DotText.Subgraph(picture, showLayerNames) : DotText.Graph(picture, showLayerNames, rankdir, dpi, splines));
    }

    /// <summary>Draws a model into a file (<c>keras.utils.plot_model</c>). Graphviz is not needed.</summary>
    /// <param name="model">The model; it must be built.</param>
    /// <param name="toFile">The file. Its ending says what to write: <c>.svg</c> a picture, <c>.dot</c> or <c>.gv</c> a graph for Graphviz.</param>
    /// <param name="showShapes">Whether to show the shapes of inputs and outputs.</param>
    /// <param name="showDtype">Whether to show the element types of outputs.</param>
    /// <param name="showLayerNames">Whether to show the names of layers, beside those of their classes.</param>
    /// <param name="rankdir">Where the arrows point: <c>"TB"</c> (down), <c>"BT"</c>, <c>"LR"</c> or <c>"RL"</c>.</param>
    /// <param name="expandNested">Whether to draw the layers of models inside the model, in a frame.</param>
    /// <param name="dpi">The resolution that Graphviz is to use; an SVG has none.</param>
    /// <param name="showLayerActivations">Whether to show the activations of layers that have one.</param>
    /// <param name="showTrainable">Whether to show which layers with weights are trainable.</param>
    /// <param name="splines">How to draw edges: <c>"ortho"</c> (right angles), <c>"curved"</c> or <c>"spline"</c>, <c>"polyline"</c> or <c>"line"</c>.</param>
    /// <remarks>
    /// A model with a Call of its own, whose layers are connected by code, is a single box. The file is complete or not written
    /// at all.
    /// </remarks>
    /// <exception cref="ArgumentException">The file's ending, or one of the arguments, is none of those above.</exception>
    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    // Keras: writes model.png by default, and whatever else Graphviz can; it returns an image if a notebook is running.
    public static void PlotModel(
        Model model,
        string toFile = "model.svg",
        bool showShapes = false,
        bool showDtype = false,
        bool showLayerNames = false,
        string rankdir = "TB",
        bool expandNested = false,
        int dpi = 200,
        bool showLayerActivations = false,
        bool showTrainable = false,
        string splines = "ortho")
    {
        ArgumentException.ThrowIfNullOrEmpty(toFile);
        LayoutDirection direction = ParseRankdir(rankdir);
        EdgeStyle style = ParseSplines(splines);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dpi);
        string extension = Path.GetExtension(toFile).ToLowerInvariant();
        if (extension is not (".svg" or ".dot" or ".gv"))
        {
            throw new ArgumentException(
                $"PlotModel writes .svg pictures and .dot or .gv graphs; '{toFile}' {(extension.Length == 0 ? "has no such ending" : $"ends in {extension}")}. "
                + "For other formats, write an .svg and convert it, or give a .dot file to Graphviz.",
                nameof(toFile));
        }

        ModelPicture picture = new(model, new PlotOptions(showShapes, showDtype, showLayerNames, expandNested, showLayerActivations, showTrainable));
        string text = extension == ".svg"
            ? SvgPicture.Draw(picture, showLayerNames, direction, style)
            : DotText.Graph(picture, showLayerNames, rankdir, dpi, splines);
        TransientPath.WriteText(toFile, writer => writer.Write(text));
    }

    private static LayoutDirection ParseRankdir(string rankdir) => rankdir switch
    {
        "TB" => LayoutDirection.TopToBottom,
        "BT" => LayoutDirection.BottomToTop,
        "LR" => LayoutDirection.LeftToRight,
        "RL" => LayoutDirection.RightToLeft,
        _ => throw new ArgumentException($"rankdir must be 'TB', 'BT', 'LR' or 'RL'. Received '{rankdir}'.", nameof(rankdir)),
    };

    private static EdgeStyle ParseSplines(string splines) => splines switch
    {
        "ortho" => EdgeStyle.RightAngles,
        "curved" or "spline" => EdgeStyle.Curves,
        "polyline" or "line" => EdgeStyle.Lines,
        _ => throw new ArgumentException($"splines must be 'ortho', 'curved', 'spline', 'polyline' or 'line'. Received '{splines}'.", nameof(splines)),
    };
}
