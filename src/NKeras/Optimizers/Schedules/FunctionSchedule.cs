using NKeras.Saving;

namespace NKeras.Optimizers.Schedules;

/// <summary>A function of the user's own in the place of a schedule.</summary>
internal sealed class FunctionSchedule : LearningRateSchedule, IFunctionObject
{
    private readonly Func<Tensor> _function;

    public FunctionSchedule(Func<Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        _function = function;
    }

    public Delegate Function => _function;

    public override Tensor Apply(Tensor step)
    {
        Tensor rate = _function() ?? throw new InvalidOperationException("The function that gives the learning rate returned null.");
        return rate.Rank == 0 ? Ops.Cast(rate, Config.Floatx()) : throw new InvalidOperationException($"The learning rate is one number; its function returned a tensor of shape {rate.Shape}.");
    }
}
