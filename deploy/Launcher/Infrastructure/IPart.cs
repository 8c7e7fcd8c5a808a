using EPerfect.Launcher.Processes;

namespace EPerfect.Launcher.Infrastructure;

/// <summary>Something that runs: a server or one of our processes.</summary>
internal interface IPart
{
    string Name { get; }

    ProcessIdentity? Running { get; }

    string LogFile { get; }

    /// <summary>Returns when it is of use. Does nothing when it runs already.</summary>
    Task StartAsync(CancellationToken ct);

    Task StopAsync();

    /// <summary>SIGKILL, and gone when this returns.</summary>
    Task KillAsync();

    void Send(Signal signal);
}
