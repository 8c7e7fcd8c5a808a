namespace EPerfect.Accounts.Credentials;

/// <summary>A change of what opens the door, its entry in the history and the end of sessions: all or none, also for who is
/// killed in between. The mail is asked for within: rather a warning too many than none.</summary>
internal static class OneTransaction
{
    public static async Task<T> AsOneAsync<T>(this IdentityDatabase database, Func<Task<T>> change)
    {
        await using var transaction = await database.Database.BeginTransactionAsync(CancellationToken.None);
        var result = await change();
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }

    public static Task AsOneAsync(this IdentityDatabase database, Func<Task> change) => database.AsOneAsync(async () =>
    {
        await change();
        return true;
    });
}
