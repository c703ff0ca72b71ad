namespace NKeras.Engine.Cpu;

/// <summary>Copies a filter into panels, in the order in which a plan visits its taps.</summary>
internal static unsafe class FilterPacking
{
    /// <summary>What a part of the packing needs to know.</summary>
    internal struct Context
    {
        /// <summary>The filter, <c>[KH, KW, C / groups, OC]</c>.</summary>
        public float* Filter;

        /// <summary>The panels: for each group, each panel, <c>[row taps][column taps][channels][panel width]</c>.</summary>
        public float* Target;

        /// <summary>The vertical taps.</summary>
        public AxisPlan Rows;

        /// <summary>The horizontal taps.</summary>
        public AxisPlan Columns;

        /// <summary>The filter's width.</summary>
        public int FilterWidth;

        /// <summary>The number of groups.</summary>
        public int Groups;

        /// <summary>The input channels of a group, as the filter is stored.</summary>
        public int FilterIn;

        /// <summary>The output channels of a group, as the filter is stored.</summary>
        public int FilterOut;

        /// <summary>Whether the roles of input and output channels are exchanged, as the gradient of the input wants it.</summary>
        public bool Transposed;

        /// <summary>The panels.</summary>
        public FilterPanels Panels;
    }

    /// <summary>Packs the whole filter, a tap of a group being a part.</summary>
    public static void Run(ref Context context, WorkerPool pool)
    {
        int parts = context.Groups * context.Rows.Taps * context.Columns.Taps;
        fixed (Context* address = &context) pool.Run(parts, &PackTap, address);
    }

    private static void PackTap(void* context, int part)
    {
        ref Context c = ref *(Context*)context;
        int taps = c.Rows.Taps * c.Columns.Taps;
        (int group, int tap) = Math.DivRem(part, taps);
        (int t, int u) = Math.DivRem(tap, c.Columns.Taps);
        int filterTap = ((c.Rows.FirstTap + (t * c.Rows.TapStep)) * c.FilterWidth) + c.Columns.FirstTap + (u * c.Columns.TapStep);
        int filterRow = c.Groups * c.FilterOut;
        int depth = c.Transposed ? c.FilterOut : c.FilterIn;
        float* source = c.Filter + ((nint)filterTap * c.FilterIn * filterRow) + (group * c.FilterOut);
        float* groupTarget = c.Target + ((nint)group * taps * depth * c.Panels.Padded);
        for (int panel = 0; panel < c.Panels.Count; panel++)
        {
            int start = c.Panels.Start(panel), width = c.Panels.Width(panel), channels = c.Panels.Channels(panel);
            float* target = groupTarget + ((nint)taps * depth * start) + ((nint)tap * depth * width);
            for (int k = 0; k < depth; k++)
            {
                float* row = target + ((nint)k * width);
                if (c.Transposed)
                {
                    float* column = source + ((nint)start * filterRow) + k;
                    for (int j = 0; j < channels; j++) row[j] = column[(nint)j * filterRow];
                }
                else
                {
                    new ReadOnlySpan<float>(source + ((nint)k * filterRow) + start, channels).CopyTo(new Span<float>(row, channels));
                }

                new Span<float>(row + channels, width - channels).Clear();
            }
        }
    }
}
