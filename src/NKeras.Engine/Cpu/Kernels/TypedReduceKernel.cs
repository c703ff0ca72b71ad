using System.Runtime.CompilerServices;

namespace NKeras.Engine.Cpu;

/// <summary>Runs a <see cref="Reduce"/> node over elements that the float kernels do not take.</summary>
/// <remarks>
/// Totals are kept in 64 bits, as double or long, until the last step rounds them. A long axis is cut into blocks of a fixed
/// length, whose totals are combined in order.
/// </remarks>
internal sealed unsafe class TypedReduceKernel<TElement, TTotal, TRule>(KernelRequest request, ReductionLayout layout, TTotal identity) : Kernel
    where TElement : struct, IElement
    where TTotal : unmanaged
    where TRule : struct, TypedReductions.IRule<TTotal>
{
    /// <summary>Elements that a block or a part holds at least.</summary>
    private const long PartLength = 1 << 14;

    /// <summary>Totals that are followed at once, so that neighbours in memory are read together.</summary>
    private const int Together = 128;

    private readonly int _input = request.InputSlots[0];
    private readonly int _output = request.OutputSlots[0];

    public override void Run(void** slots, WorkerPool pool)
    {
        TTotal* totals = (TTotal*)Scratch.Get(ScratchUse.Reduction, (nuint)(ScratchTotals() * sizeof(TTotal)));
        if (layout.Steps.Length == 0) new Span<TTotal>(totals, (int)layout.OutputCount).Fill(identity);
        void* source = slots[_input];
        for (int i = 0; i < layout.Steps.Length; i++)
        {
            ReductionStep step = layout.Steps[i];
            Call call = new() { Kernel = this, Step = step, Source = source, IsFirst = i == 0, Totals = totals, Blocks = Blocks(step) };
            call.Units = step.Outer * call.Blocks * Chunks(step);
            call.PartCount = Parts.Count(step.Outer * step.Reduced * step.Inner, PartLength);
            pool.Run(call.PartCount, &RunPart, Unsafe.AsPointer(ref call)); // On this thread's stack, which outlives the parts.
            for (nint outer = 0; call.Blocks > 1 && outer < step.Outer; outer++) Combine(call, outer);
            source = totals;
            totals += step.Outer * call.Blocks * step.Inner;
        }

        TTotal* results = layout.Steps.Length == 0 ? totals : (TTotal*)source;
        for (nint i = 0; i < layout.OutputCount; i++) Store(slots[_output], i, results[i]);
    }

    private static void Store(void* p, nint i, TTotal total)
    {
        if (TElement.IsFloating) TElement.StoreNumber(p, i, Unsafe.BitCast<TTotal, double>(total));
        else TElement.StoreLong(p, i, Unsafe.BitCast<TTotal, long>(total));
    }

    private static nint Blocks(ReductionStep step) => step.Reduced * Math.Min(step.Inner, Together) <= 2 * PartLength
        ? 1
        : (nint)Parts.Count(step.Reduced * Math.Min(step.Inner, Together), PartLength);

    private static nint Chunks(ReductionStep step) => (step.Inner + Together - 1) / Together;

    private nint ScratchTotals()
    {
        nint count = layout.OutputCount;
        foreach (ReductionStep step in layout.Steps) count += step.Outer * Blocks(step) * step.Inner;
        return count;
    }

    /// <summary>Brings the totals of an outer index's blocks together, and to the place where they would be without blocks.</summary>
    private static void Combine(in Call call, nint outer)
    {
        nint inner = call.Step.Inner;
        TTotal* blocks = call.Totals + (outer * call.Blocks * inner), result = call.Totals + (outer * inner);
        for (nint i = 0; i < inner; i++)
        {
            TTotal total = blocks[i];
            for (nint block = 1; block < call.Blocks; block++) total = TRule.Combine(total, blocks[(block * inner) + i]);
            result[i] = total;
        }
    }

    private static void RunPart(void* context, int part)
    {
        ref Call call = ref Unsafe.AsRef<Call>(context);
        nint chunks = Chunks(call.Step);
        nint end = (nint)Parts.Start(part + 1, call.PartCount, call.Units);
        for (nint unit = (nint)Parts.Start(part, call.PartCount, call.Units); unit < end; unit++)
        {
            (nint rest, nint chunk) = (unit / chunks, unit % chunks);
            (nint outer, nint block) = (rest / call.Blocks, rest % call.Blocks);
            nint first = (nint)Parts.Start((int)block, (int)call.Blocks, call.Step.Reduced), last = (nint)Parts.Start((int)block + 1, (int)call.Blocks, call.Step.Reduced);
            nint column = chunk * Together, inner = call.Step.Inner;
            nint start = (((outer * call.Step.Reduced) + first) * inner) + column;
            TTotal* target = call.Totals + (rest * inner) + column;
            int width = (int)Math.Min(Together, inner - column);
            if (call.IsFirst) call.Kernel.Reduce<TypedReductions.FromElements<TElement, TTotal>>(call.Source, start, last - first, inner, width, target);
            else call.Kernel.Reduce<TypedReductions.FromTotals<TTotal>>(call.Source, start, last - first, inner, width, target);
        }
    }

    private void Reduce<TSource>(void* source, nint start, nint rows, nint stride, int width, TTotal* target)
        where TSource : struct, TypedReductions.ISource<TTotal>
    {
        if (stride == 1)
        {
            // Four totals side by side: one would wait for the sum before.
            TTotal a = identity, b = identity, c = identity, d = identity;
            nint i = 0;
            for (; i <= rows - 4; i += 4)
            {
                a = TRule.Combine(a, TSource.Load(source, start + i));
                b = TRule.Combine(b, TSource.Load(source, start + i + 1));
                c = TRule.Combine(c, TSource.Load(source, start + i + 2));
                d = TRule.Combine(d, TSource.Load(source, start + i + 3));
            }

            for (; i < rows; i++) a = TRule.Combine(a, TSource.Load(source, start + i));
            *target = TRule.Combine(TRule.Combine(a, b), TRule.Combine(c, d));
            return;
        }

        new Span<TTotal>(target, width).Fill(identity);
        for (nint row = 0; row < rows; row++, start += stride)
        {
            for (int i = 0; i < width; i++) target[i] = TRule.Combine(target[i], TSource.Load(source, start + i));
        }
    }

    private struct Call
    {
        public TypedReduceKernel<TElement, TTotal, TRule> Kernel;
        public ReductionStep Step;
        public void* Source;
        public bool IsFirst;
        public TTotal* Totals;
        public nint Blocks;
        public nint Units;
        public int PartCount;
    }
}
