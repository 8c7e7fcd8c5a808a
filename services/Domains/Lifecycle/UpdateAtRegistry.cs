using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Registry;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Lifecycle;

/// <summary>Carries out a nameserver change at the registry, as often as it takes.</summary>
internal sealed class UpdateAtRegistry(
    Writer writer, Reader reader, Deadlines deadlines, IRegistry registry, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "update-at-registry";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var domain = await reader.LatestAsync<Domain>(deadline.StreamId, cancellationToken);
        if (domain?.Change is not { } change)
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var answer = await RegistryCalls.TryAsync(
            token => registry.UpdateNameserversAsync(DomainName.Parse(domain.Name), change.Nameservers, change.Id, token),
            clock,
            cancellationToken);
        await writer.ChangeAsync<Domain>(
            deadline.StreamId,
            "domains/update-at-registry",
            latest => Decide(latest, change.Id, answer, clock.GetUtcNow()),
            cancellationToken);
    }

    public static Decision Decide(Domain? domain, Guid changeId, RegistryAnswer answer, DateTimeOffset now)
    {
        if (domain?.Change is not { } change || change.Id != changeId) return Decision.Nothing;
        var attempt = domain.Attempts + 1;
        return answer switch
        {
            RegistryAnswer.Updated => Decision.Of([new NameserversChanged(changeId, change.Nameservers, now)]),
            RegistryAnswer.Refused refused => Decision.Of([new NameserverChangeRefused(changeId, refused.Reason, now)]),
            RegistryAnswer.NoAnswer none => Decision.Of(
            [
                new NameserverChangeAttemptFailed(
                    changeId, attempt, none.Cause, now + RegistryCalls.WaitAfter(attempt), now),
            ]),
            _ => throw new InvalidOperationException($"An update is not answered by {answer}."),
        };
    }
}
