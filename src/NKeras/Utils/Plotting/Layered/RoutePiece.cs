namespace NKeras.Plotting.Layered;

/// <summary>The part of an edge's route that lies directly in a group, in the group's coordinates.</summary>
/// <param name="Order">Its place among the parts, from the source to the target.</param>
/// <param name="Group">The group.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Bends">Its bends.</param>
/// <param name="End">Where it ends.</param>
internal sealed record RoutePiece(int Order, LayoutGroup Group, Point Start, IReadOnlyList<Bend> Bends, Point End);
