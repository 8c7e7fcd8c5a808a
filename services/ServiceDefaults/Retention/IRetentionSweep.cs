using EPerfect.PersonalData;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Removes what a retention rule says is over. What it deletes in the run's transaction is counted there and then;
/// what lies outside of it, such as a key, must bear being removed again.</summary>
public interface IRetentionSweep
{
    /// <summary>Removes it.</summary>
    /// <param name="run">The rule's run.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>How many entries were removed.</returns>
    Task<int> SweepAsync(RetentionRun run, CancellationToken cancellationToken);
}

/// <summary>One run of a rule; no other instance runs it at the same time.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Transaction">In the service's own database; commits together with the count.</param>
/// <param name="Before">What was triggered before this is over.</param>
/// <param name="Now">The time.</param>
public sealed record RetentionRun(
    Retention Rule, NpgsqlTransaction Transaction, DateTimeOffset Before, DateTimeOffset Now)
{
    /// <summary>After a long rest there is much to delete, and nobody waits for it.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(10);

    /// <summary>Deletes rows, by a statement whose <c>$1</c> is <see cref="Before"/>.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>How many.</returns>
    public Task<int> DeleteAsync(string statement, CancellationToken cancellationToken) =>
        DeleteAsync(statement, [Before.ToUniversalTime()], cancellationToken);

    /// <summary>Deletes rows.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="values">Its <c>$1</c> and so on.</param>
    /// <param name="cancellationToken">The service stops.</param>
    /// <returns>How many.</returns>
    public async Task<int> DeleteAsync(
        string statement, IReadOnlyList<object> values, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(statement, Transaction.Connection, Transaction)
        {
            CommandTimeout = (int)MostTime.TotalSeconds,
        };
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
