using NKeras.Core;

namespace NKeras.Layers;

/// <summary>While a layer computes: its name in paths, whether it is in training, and the type that it reads variables in.</summary>
internal readonly ref struct CallScope
{
    private readonly CallContext.Scope _context;
    private readonly AutocastScope _autocast;
    private readonly WideScope _wide;

    /// <summary>Opens the scope.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="training">Whether it is in training; null to follow the outer call.</param>
    public CallScope(Layer layer, bool? training)
    {
        DType type = layer.ComputeDType;
        _context = CallContext.Enter(layer, training);
        // Keras: variables keep their type unless the layer, or one around it, computes in another than it keeps weights in.
        _autocast = new(type.IsFloating && (AutocastScope.Current != null || type != layer.VariableDType) ? type : null);
        _wide = WideScope.Wanted(type == DType.Float64);
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        _wide.Dispose();
        _autocast.Dispose();
        _context.Dispose();
    }
}
