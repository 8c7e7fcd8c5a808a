namespace EPerfect.Domains.Registration;

/// <summary>What an account may know of a name's stream, read from its beginning: others may have wanted the name before, and
/// may have it after, and what is theirs is nobody else's business.</summary>
internal sealed class OwnPart(Guid accountId)
{
    private readonly HashSet<Guid> items = [];
    private bool holds;

    public bool Has(object e) => e switch
    {
        RegistrationStarted x => Asks(x.Request),
        RegistrationQueued x => Asks(x.Request),
        RegistrationAttemptFailed x => items.Contains(x.ItemId),
        // Who is refused at once has asked by nothing else.
        RegistrationFailed x => x.AccountId == accountId || items.Contains(x.ItemId),
        DomainRegistered x => holds = x.AccountId == accountId,
        _ => holds,
    };

    private bool Asks(RegistrationRequest request) => request.AccountId == accountId && Knows(request.ItemId);

    private bool Knows(Guid item)
    {
        items.Add(item);
        return true;
    }
}
