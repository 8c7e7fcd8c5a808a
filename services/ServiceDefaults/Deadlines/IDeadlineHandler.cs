namespace EPerfect.ServiceDefaults;

/// <summary>
/// Does what is due. Runs at least once: it may be killed after it acted and before that is stored, so give outside
/// systems an idempotency token and append what happened. One of the appended events must clear or move the deadline;
/// if none does, or it throws, it runs again after a lease. Who finds nothing left to do ends it (<see cref="Deadlines"/>).
/// </summary>
public interface IDeadlineHandler
{
    /// <summary>Does it.</summary>
    /// <param name="deadline">What is due.</param>
    /// <param name="cancellationToken">The service stops.</param>
    Task RunAsync(Deadline deadline, CancellationToken cancellationToken);
}
