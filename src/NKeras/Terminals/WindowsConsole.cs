using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace NKeras.Terminals;

/// <summary>Windows consoles understand escape sequences only once they are told to.</summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsConsole
{
    private const int StandardOutput = -11;
    private const uint VirtualTerminalProcessing = 4;

    /// <summary>Makes the console understand escape sequences.</summary>
    /// <returns>Whether it does: those before Windows 10 never do.</returns>
    public static bool EnableEscapeSequences()
    {
        nint console = GetStdHandle(StandardOutput);
        if (!GetConsoleMode(console, out uint mode)) return false;
        return (mode & VirtualTerminalProcessing) != 0 || SetConsoleMode(console, mode | VirtualTerminalProcessing);
    }

    [LibraryImport("kernel32.dll")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint console, out uint mode);

    [LibraryImport("kernel32.dll")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint console, uint mode);
}
