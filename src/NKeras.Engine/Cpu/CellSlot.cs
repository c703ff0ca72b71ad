using NKeras.Engine.Graphs;

namespace NKeras.Engine.Cpu;

/// <summary>State that a program works on in place.</summary>
internal readonly record struct CellSlot(StateCell Cell, int Slot, bool IsWritten);
