using EPerfect.Domains.Names;
using EPerfect.ServiceDefaults;
using Npgsql;
using NpgsqlTypes;

namespace EPerfect.Domains.Registration.Registry;

/// <summary>
/// A registry for one machine, as honest as a real one: durable, with its own transactions, one holder per name, one
/// effect per token, and names that make it fail (see <see cref="TestNames"/>).
/// </summary>
internal sealed class EmbeddedRegistry(NpgsqlDataSource database, TimeProvider clock) : IRegistry
{
    public async Task<bool> IsTakenAsync(DomainName name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            "select exists (select from registry.domains where name = $1)");
        command.Parameters.AddWithValue(name.Ascii);
        return TestNames.IsTaken(name) || (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task<RegistryAnswer> RegisterAsync(
        DomainName name,
        int years,
        Guid? contactId,
        IReadOnlyList<string> nameservers,
        Guid idempotencyToken,
        CancellationToken cancellationToken)
    {
        var call = await CountAsync(idempotencyToken, name, cancellationToken);
        if (TestNames.IsUnreachable(name, call)) throw new RegistryUnavailableException();
        if (TestNames.IsTaken(name)) return new RegistryAnswer.Refused(FailureReasons.DomainTaken);
        if (TestNames.IsRefused(name)) return new RegistryAnswer.Refused(FailureReasons.RegistryRefused);
        await InsertAsync(name, years, contactId, nameservers, idempotencyToken, cancellationToken);
        if (TestNames.AnswersTooLate(name, call)) throw new TimeoutException("The registry did not answer in time.");
        return await AnswerAsync(idempotencyToken, cancellationToken);
    }

    public async Task<RegistryAnswer> UpdateNameserversAsync(
        DomainName name, IReadOnlyList<string> nameservers, Guid idempotencyToken, CancellationToken cancellationToken)
    {
        var call = await CountAsync(idempotencyToken, name, cancellationToken);
        if (TestNames.IsUnreachable(name, call)) throw new RegistryUnavailableException();
        await using var update = database.CreateCommand("update registry.domains set nameservers = $2 where name = $1");
        update.Parameters.AddWithValue(name.Ascii);
        update.Parameters.AddWithValue(nameservers.ToArray());
        if (await update.ExecuteNonQueryAsync(cancellationToken) == 0)
            return new RegistryAnswer.Refused(FailureReasons.RegistryRefused);
        if (TestNames.AnswersTooLate(name, call)) throw new TimeoutException("The registry did not answer in time.");
        return new RegistryAnswer.Updated();
    }

    private async Task<int> CountAsync(Guid token, DomainName name, CancellationToken cancellationToken)
    {
        await using var count = database.CreateCommand("""
            insert into registry.calls (token, name, times) values ($1, $2, 1)
            on conflict (token) do update set times = registry.calls.times + 1
            returning times
            """);
        count.Parameters.AddWithValue(token);
        count.Parameters.AddWithValue(name.Ascii);
        return (int)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    // Whoever is second, by name or by token, changes nothing and learns from AnswerAsync whose it is.
    private async Task InsertAsync(
        DomainName name,
        int years,
        Guid? contactId,
        IReadOnlyList<string> nameservers,
        Guid token,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var insert = database.CreateCommand("""
            insert into registry.domains (name, token, handle, contact_id, nameservers, registered_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
            """);
        insert.Parameters.AddWithValue(name.Ascii);
        insert.Parameters.AddWithValue(token);
        insert.Parameters.AddWithValue(HandleOf(name, token));
        insert.Parameters.AddWithValue(NpgsqlDbType.Uuid, (object?)contactId ?? DBNull.Value);
        insert.Parameters.AddWithValue(nameservers.ToArray());
        insert.Parameters.AddWithValue(now);
        insert.Parameters.AddWithValue(now.AddYears(years));
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<RegistryAnswer> AnswerAsync(Guid token, CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand(
            "select handle, registered_at, expires_at from registry.domains where token = $1");
        select.Parameters.AddWithValue(token);
        await using var row = await select.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new RegistryAnswer.Registered(
                row.GetString(0), row.GetFieldValue<DateTimeOffset>(1), row.GetFieldValue<DateTimeOffset>(2))
            : new RegistryAnswer.Refused(FailureReasons.DomainTaken);
    }

    private static string HandleOf(DomainName name, Guid token)
    {
        var rule = TldRules.For(name);
        var tld = name.Labels[^1].ToUpperInvariant();
        return $"{token.ToString("N")[20..].ToUpperInvariant()}_DOMAIN_{tld}-{rule?.RepositoryId ?? "EPERFECT"}";
    }
}
