using EPerfect.Privacy.People;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Erasure;

/// <summary>Orders that a person be erased, in the transaction in which the request begins: one erasure for a person.</summary>
internal static class OrderErasure
{
    /// <summary>The erasure of a request.</summary>
    public static Guid IdOf(Guid requestId) => DeterministicId.From(requestId, "erasure");

    internal static Decision Decide(Person? person, Guid erasureId, DateTimeOffset now) =>
        ErasureRefusals.WhyNot(person) is { } refusal ? refusal : Decision.Of(new PersonErasureOrdered(erasureId, now));

    public static async Task<Decision> BeginAsync(
        UnitOfWork work, Guid requestId, Guid accountId, Decision begun, DateTimeOffset now, CancellationToken ct)
    {
        var id = IdOf(requestId);
        var decided = await work.ChangeAsync<Person>(accountId, person => Decide(person, id, now), ct);
        if (decided.Refusal is not null) return decided;
        await StartAsync(work, id, requestId, accountId, now, ct);
        return begun;
    }

    /// <summary>Tells every service, in the transaction that decided it.</summary>
    public static async Task StartAsync(
        UnitOfWork work, Guid id, Guid? requestId, Guid accountId, DateTimeOffset now, CancellationToken ct)
    {
        work.Start<ErasureOfPerson>(id, new ErasureOrdered(id, requestId, accountId, now));
        await work.ReceiveErasureAsync(OwnPart(id), new ErasureReceived(id, accountId, now), ct);
    }

    /// <summary>Privacy holds something of the person too, and answers like the others.</summary>
    internal static Guid OwnPart(Guid erasureId) => DeterministicId.From(erasureId, "privacy");
}
