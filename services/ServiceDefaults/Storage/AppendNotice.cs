using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>Tells all instances, with the commit, that events were appended: one notice a commit. Marten's own is a block of code
/// that the server compiles each time.</summary>
public sealed class AppendNotice : DocumentSessionListenerBase
{
    /// <summary>Where it is heard.</summary>
    public const string Channel = "mt_events_appended";

    /// <inheritdoc/>
    public override Task BeforeSaveChangesAsync(IDocumentSession session, CancellationToken token)
    {
        if (session.PendingChanges.Streams().Any(stream => stream.Events.Count > 0))
            session.QueueSqlCommand($"notify {Channel}");
        return Task.CompletedTask;
    }
}
