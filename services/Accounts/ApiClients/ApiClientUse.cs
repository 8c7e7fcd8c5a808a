namespace EPerfect.Accounts.ApiClients;

/// <summary>When a program last got a token. A document: what is overwritten each time is no event.</summary>
internal sealed record ApiClientUse(Guid Id, DateTimeOffset LastUsedAt);
