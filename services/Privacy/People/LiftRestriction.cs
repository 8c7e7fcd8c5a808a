using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.People;

/// <summary>Lifts a restriction when the time has come that the person was told.</summary>
internal sealed class LiftRestriction(Writer writer, TimeProvider time) : IDeadlineHandler
{
    public const string Kind = "lift-restriction";

    public Task RunAsync(Deadline deadline, CancellationToken cancellationToken) => writer.ChangeAsync<Person>(
        deadline.StreamId,
        $"privacy/{Kind}",
        person => Restricting.Lift(person, time.GetUtcNow()),
        cancellationToken);
}
