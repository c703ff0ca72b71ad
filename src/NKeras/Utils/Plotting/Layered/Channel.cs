namespace NKeras.Plotting.Layered;

/// <summary>Gives the horizontal parts of the edges between two rows heights at which they do not run into each other.</summary>
internal static class Channel
{
    /// <summary>The distance of two horizontal parts.</summary>
    public const double TrackGap = 9;

    /// <summary>The space above the first and below the last of them; there is room for an arrowhead.</summary>
    public const double Lead = 18;

    /// <summary>How near vertical parts of different edges may come before they look like one.</summary>
    private const double Apart = 5;

    /// <summary>Sets <see cref="Segment.Track"/>, counted from the upper end, and returns the height that is needed.</summary>
    public static double Assign(IReadOnlyList<Segment> segments)
    {
        // What leaves one point shares its horizontal part. Of those leading right the rightmost goes first, and likewise to the left: so they do not cross.
        Net[] nets =
        [
            .. segments.GroupBy(s => (s.Upper, s.UpperOffset)).Select(g => new Net(g)).Where(n => !n.IsStraight)
                .OrderBy(n => n.LeadsLeft).ThenBy(n => n.LeadsLeft ? n.X : -n.X),
        ];
        List<int>[] below = [.. nets.Select(upper => Enumerable.Range(0, nets.Length).Where(i => nets[i] != upper && upper.IsAbove(nets[i])).ToList())];
        int[] waitsFor = new int[nets.Length];
        foreach (int i in below.SelectMany(b => b)) waitsFor[i]++;
        List<Net> placed = [];
        while (placed.Count < nets.Length)
        {
            // Of several that wait for each other in a circle, just the first.
            int next = Enumerable.Range(0, nets.Length).Where(i => nets[i].Track < 0).OrderBy(i => waitsFor[i] > 0).First();
            Net net = nets[next];
            net.Track = placed.Where(n => n.Overlaps(net)).Select(n => n.Track + 1).DefaultIfEmpty(0).Max();
            placed.Add(net);
            foreach (int i in below[next]) waitsFor[i]--;
        }

        int tracks = nets.Select(n => n.Track + 1).DefaultIfEmpty(1).Max();
        double height = (2 * Lead) + ((tracks - 1) * TrackGap);
        foreach (Segment segment in segments) segment.Track = height / 2;
        foreach (Net net in nets)
        {
            foreach (Segment segment in net.Segments) segment.Track = Lead + (net.Track * TrackGap);
        }

        return height;
    }

    /// <summary>What leaves one point.</summary>
    private sealed class Net
    {
        private readonly double _left;
        private readonly double _right;

        public Net(IEnumerable<Segment> segments)
        {
            Segments = [.. segments];
            X = Segments[0].UpperX;
            _left = Math.Min(X, Segments.Min(s => s.LowerX));
            _right = Math.Max(X, Segments.Max(s => s.LowerX));
        }

        public Segment[] Segments { get; }

        public double X { get; }

        /// <summary>Its place among the horizontal parts, from above; negative as long as it has none.</summary>
        public int Track { get; set; } = -1;

        public bool LeadsLeft => X - _left > _right - X;

        public bool IsStraight => _right - _left < 0.5;

        public bool Overlaps(Net other) => _left < other._right + Apart && other._left < _right + Apart;

        /// <summary>Whether it begins where the other ends: only above that can both be told apart.</summary>
        public bool IsAbove(Net other) => other.Segments.Any(s => Math.Abs(s.LowerX - X) < Apart && Math.Abs(s.LowerX - s.UpperX) > 0.5);
    }
}
