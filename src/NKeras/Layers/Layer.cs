using System.Diagnostics.CodeAnalysis;
using NKeras.DTypePolicies;
using NKeras.Regularizers;

namespace NKeras.Layers;

/// <summary>
/// A step of a model with weights (<c>keras.layers.Layer</c>). A subclass creates its weights in <c>Build</c> and computes
/// in <c>Call</c>; callers use <c>Apply</c>. Layers, variables and metrics that it keeps in fields, lists or dictionaries are
/// part of it: their weights are its weights.
/// </summary>
/// <example><code>
/// class SimpleDense(int units = 32) : Layer
/// {
///     private Variable _kernel = null!, _bias = null!;
///
///     public int Units { get; } = units;
///
///     public override void Build(Shape inputShape)
///     {
///         _kernel = AddWeight("kernel", [inputShape[-1], Units], "glorot_uniform");
///         _bias = AddWeight("bias", [Units], "zeros");
///     }
///
///     public override Tensor Call(Tensor inputs, bool training = false) => Ops.Matmul(inputs, _kernel) + _bias;
/// }
/// </code></example>
[DynamicallyAccessedMembers(InnerState.Needed)]
public abstract partial class Layer : Operation
{
    private bool? _supportsMasking;

    /// <summary>Sets what all layers have.</summary>
    /// <param name="name">The name; the class name in snake case, numbered, if omitted.</param>
    /// <param name="trainable">Whether optimizers change the weights.</param>
    /// <param name="dtype">The types to compute in and to keep weights in; the global policy if omitted.</param>
    /// <param name="activityRegularizer">A penalty on the layer's result, added to the loss per sample; none if omitted.</param>
    protected Layer(string? name = null, bool trainable = true, DTypePolicy? dtype = null, Regularizer? activityRegularizer = null)
        : base(name)
    {
        _trainable = trainable;
        DTypePolicy = dtype ?? Config.DTypePolicy();
        ActivityRegularizer = activityRegularizer;
    }

    /// <summary>Which types the layer computes in and keeps its weights in.</summary>
    public DTypePolicy DTypePolicy { get; internal set; }

    /// <summary>The policy that is this layer's, where policies are given for several by their paths.</summary>
    internal DTypePolicy Policy => DTypePolicy is DTypePolicyMap map ? Path is { } path ? map[path] : map.DefaultPolicy : DTypePolicy;

    /// <summary>The type the layer computes in.</summary>
    public virtual DType ComputeDType => Policy.ComputeDType;

    /// <summary>The type of the weights.</summary>
    public virtual DType VariableDType => Policy.VariableDType;

    /// <summary>The type of the weights, as <see cref="VariableDType"/>.</summary>
    public virtual DType DType => VariableDType;

    /// <summary>The type to which floating-point inputs are brought.</summary>
    public DType InputDType => ComputeDType;

    /// <summary>The layer's name with those of the layers around it in front, as it is part of its weights' paths; null before it is built.</summary>
    public string? Path { get; private set; }

    /// <summary>The penalty on the layer's result; null for none.</summary>
    public Regularizer? ActivityRegularizer { get; set; }

    /// <summary>What the layer demands of its input; null for anything.</summary>
    // Keras: the same property takes a structure of demands, one for each input; here that is InputSpecs.
    public InputSpec? InputSpec { get; protected set; }

    /// <summary>What the layer demands of each of its inputs, if it differs; null in it, or altogether, for anything.</summary>
    public IReadOnlyList<InputSpec?>? InputSpecs { get; protected set; }

    /// <summary>Whether the mask of the input is passed on; true as soon as <c>ComputeMask</c> is overridden.</summary>
    public bool SupportsMasking
    {
        get => _supportsMasking ?? Signature.ComputesMask;
        set => _supportsMasking = value;
    }

    /// <summary>The layers inside.</summary>
    internal virtual IReadOnlyList<Layer> SubLayers => InnerState.Of<Layer>(this);

    /// <summary>What the layer overrides.</summary>
    internal CallSignature Signature => CallSignature.Of(this);

    /// <summary>The layers inside and those inside them, each once, an outer one before its inner ones.</summary>
    internal IReadOnlyList<Layer> AllSubLayers
    {
        get
        {
            HashSet<Layer> seen = [this];
            List<Layer> all = [];
            Collect(this);
            return all;

            void Collect(Layer layer)
            {
                foreach (Layer inner in Nesting.Inside(layer).Where(seen.Add))
                {
                    all.Add(inner);
                    Collect(inner);
                }
            }
        }
    }

    /// <summary>The same layers in the order in which Keras lists their losses and metrics: of those inside a layer the last comes first.</summary>
    private IReadOnlyList<Layer> LayersInKerasOrder
    {
        get
        {
            HashSet<Layer> seen = [this];
            List<Layer> all = [];
            Stack<Layer> next = new(SubLayers.Reverse());
            while (next.TryPop(out Layer? layer))
            {
                if (!seen.Add(layer)) continue;
                all.Add(layer);
                foreach (Layer inner in layer.SubLayers) next.Push(inner);
            }

            return all;
        }
    }

    /// <summary>Class, name and whether the weights exist.</summary>
    public override string ToString() => $"<{ClassName} name={Name}, built={(Built ? "True" : "False")}>";
}
