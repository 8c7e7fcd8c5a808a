using Npgsql;

namespace EPerfect.Orders.Provisioning.Embedded;

/// <summary>A provisioner in the house, for one machine, demonstrations and tests. Durable and honest: what it set up
/// stands in its ledger, once per token, however it answered.</summary>
internal sealed class EmbeddedProvisioner(NpgsqlDataSource database, TimeProvider clock) : IHostingProvisioner
{
    public async Task<ProvisionAnswer> ProvisionAsync(
        Guid token, string plan, int quantity, IReadOnlyList<string> hostedDomains, CancellationToken ct)
    {
        var test = TestDomain.Of(hostedDomains);
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var ledger = new ProvisionLedger(connection);
        await ledger.LockAsync(token, ct);
        var now = clock.GetUtcNow();
        var call = await ledger.CallAsync(token, now, ct);
        var entry = await ledger.FindAsync(token, ct);
        var fails = entry is null && call <= test.Failures;
        if (entry is null && !fails)
        {
            entry = new(token, plan, quantity, $"hosting_{token:N}", test.IsRefused ? "hosting-refused" : null);
            await ledger.AddAsync(entry, now, ct);
        }

        await transaction.CommitAsync(ct);
        if (entry is null) throw new NoAnswerException("provisioner-unavailable");
        return test.IsSilentOnce && call == 1 ? throw new NoAnswerException("provisioner-timeout") : entry.Answer;
    }
}
