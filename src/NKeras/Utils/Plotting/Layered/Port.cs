namespace NKeras.Plotting.Layered;

/// <summary>Where an edge crosses the frame of a group.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="IsEntrance">Whether the edge leads into the group, not out of it.</param>
/// <param name="IsAbove">Whether it crosses the upper side, not the lower one.</param>
internal sealed record Port(LayoutEdge Edge, bool IsEntrance, bool IsAbove);
