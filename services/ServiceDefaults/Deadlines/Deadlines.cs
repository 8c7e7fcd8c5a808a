using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>What is due, for its handlers.</summary>
/// <param name="database">Where it is kept.</param>
public sealed class Deadlines(NpgsqlDataSource database)
{
    /// <summary>Nothing is left to do, and no event will say so: it does not come again. What was set anew meanwhile
    /// stays.</summary>
    /// <param name="deadline">As it came.</param>
    /// <param name="cancellationToken">Leaves it as it is.</param>
    public Task EndAsync(Deadline deadline, CancellationToken cancellationToken) =>
        DeadlineTable.EndAsync(database, MartenBaseline.Schema, deadline, cancellationToken);
}
