using NKeras.Saving;

namespace NKeras.Metrics;

/// <summary>A function given in the place of a metric: configurations name the function.</summary>
internal sealed class FunctionMetric(Func<Tensor, Tensor, Tensor> fn) : MeanMetricWrapper(fn, ComparisonFunctions.ShortName(fn)), IFunctionObject
{
    public Delegate Function => Fn;
}
