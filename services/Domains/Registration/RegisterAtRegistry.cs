using EPerfect.Domains.Contacts;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration.Registry;
using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration;

/// <summary>
/// Asks the registry for the pending name. Killed at any point it asks again: the order's line is the token, so the
/// name is registered once.
/// </summary>
internal sealed class RegisterAtRegistry(
    Writer writer, Reader reader, Deadlines deadlines, Vault vault, IRegistry registry, TimeProvider clock) : IDeadlineHandler
{
    public const string Kind = "register-at-registry";

    public async Task RunAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        var domain = await reader.LatestAsync<Domain>(deadline.StreamId, cancellationToken);
        if (domain?.Pending is not { } request)
        {
            await deadlines.EndAsync(deadline, cancellationToken);
            return;
        }

        var answer = await RegistryCalls.TryAsync(token => AskAsync(request, token), clock, cancellationToken);
        await writer.ChangeAsync<Domain>(
            deadline.StreamId,
            "domains/register-at-registry",
            latest => Decide(latest, request.ItemId, answer, clock.GetUtcNow()),
            cancellationToken);
    }

    /// <summary>The winner settles all who wait; a failure gives the next one its turn.</summary>
    public static Decision Decide(Domain? domain, Guid itemId, RegistryAnswer answer, DateTimeOffset now)
    {
        if (domain?.Pending is not { } request || request.ItemId != itemId) return Decision.Nothing;
        return answer switch
        {
            RegistryAnswer.Registered registered => Decision.Of(
            [
                Success(request, registered),
                .. domain.Waiting.Select(waiting => Failure(waiting, FailureReasons.DomainTaken, now)),
            ]),
            RegistryAnswer.Refused refused => Decision.Of(
            [
                Failure(request, refused.Reason, now),
                .. NextOf(domain, now),
            ]),
            RegistryAnswer.NoAnswer none => Decision.Of([Attempt(domain.Attempts + 1, itemId, none.Cause, now)]),
            _ => throw new InvalidOperationException($"A registration is not answered by {answer}."),
        };
    }

    private static IEnumerable<object> NextOf(Domain domain, DateTimeOffset now)
    {
        foreach (var waiting in domain.Waiting)
        {
            if (RegistrationRules.WhyNot(domain, waiting) is { } reason)
            {
                yield return Failure(waiting, reason, now);
                continue;
            }

            yield return new RegistrationStarted(waiting, now);
            yield break;
        }
    }

    private async Task<RegistryAnswer> AskAsync(RegistrationRequest request, CancellationToken cancellationToken)
    {
        var contact = await reader.LatestAsync<Contact>(request.ContactId, cancellationToken);
        if (contact is null || contact.AccountId != request.AccountId)
            return new RegistryAnswer.Refused(FailureReasons.ContactUnknown);
        // Erased between the order and now: nobody is registered who is not known.
        if (await vault.OpenAsync(contact.Registrant, cancellationToken) is Opened<Registrant>.Erased)
            return new RegistryAnswer.Refused(FailureReasons.ContactUnknown);
        var name = DomainName.Parse(request.DomainName);
        return await registry.RegisterAsync(
            name,
            request.Years,
            TldRules.For(name) is { MinimumDataSet: true } ? null : request.ContactId,
            request.Nameservers,
            request.ItemId,
            cancellationToken);
    }

    private static DomainRegistered Success(RegistrationRequest request, RegistryAnswer.Registered registered) => new(
        request.DomainName,
        registered.Handle,
        request.AccountId,
        request.OrderId,
        request.ItemId,
        request.ContactId,
        request.Nameservers,
        registered.RegisteredAt,
        registered.ExpiresAt);

    private static RegistrationFailed Failure(RegistrationRequest request, string reason, DateTimeOffset now) =>
        new(request.DomainName, request.OrderId, request.ItemId, reason, now, request.AccountId);

    private static RegistrationAttemptFailed Attempt(int attempt, Guid itemId, string cause, DateTimeOffset now) =>
        new(itemId, attempt, cause, now + RegistryCalls.WaitAfter(attempt), now);
}
