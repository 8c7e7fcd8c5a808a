using EPerfect.Domains.Registration.Registry;
using EPerfect.ServiceDefaults;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>A registry that registers and never says so.</summary>
internal sealed class NeverAnswers(NpgsqlDataSource database, TaskCompletionSource registered) : IRegistry
{
    private readonly EmbeddedRegistry registry = new(database, TimeProvider.System);

    public Task<bool> IsTakenAsync(DomainName name, CancellationToken cancellationToken) =>
        registry.IsTakenAsync(name, cancellationToken);

    public async Task<RegistryAnswer> RegisterAsync(
        DomainName name,
        int years,
        Guid? contactId,
        IReadOnlyList<string> nameservers,
        Guid idempotencyToken,
        CancellationToken cancellationToken)
    {
        var answer = await registry.RegisterAsync(name, years, contactId, nameservers, idempotencyToken, cancellationToken);
        registered.TrySetResult();
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return answer;
    }

    public Task<RegistryAnswer> UpdateNameserversAsync(
        DomainName name, IReadOnlyList<string> nameservers, Guid idempotencyToken, CancellationToken cancellationToken) =>
        registry.UpdateNameserversAsync(name, nameservers, idempotencyToken, cancellationToken);
}
