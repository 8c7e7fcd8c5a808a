namespace EPerfect.Launcher.Processes;

/// <summary>POSIX signals by their Linux numbers.</summary>
internal enum Signal
{
    None = 0,
    Interrupt = 2,
    Quit = 3,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}
