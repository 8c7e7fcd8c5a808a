using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Delivery;
using Marten;
using Npgsql;

namespace EPerfect.Privacy.Partners.Queues;

/// <summary>How the door to a partner's queue is to stand.</summary>
internal enum Door
{
    /// <summary>It may read.</summary>
    Open,

    /// <summary>Deliveries stand still: it may read nothing.</summary>
    Shut,

    /// <summary>There is nobody, and no queue.</summary>
    Gone,
}

/// <summary>What changes whenever a door may be to stand otherwise, the end of a term apart.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="IsOn">Whether it takes a queue.</param>
/// <param name="Version">Of the partner's stream: between two looks a door may have been open and shut again.</param>
internal sealed record DoorSign(Guid PartnerId, bool IsOn, long Version);

/// <param name="Door">How it is to stand.</param>
/// <param name="Sign">By what that was seen.</param>
/// <param name="Until">When the term of what is agreed is over; null if it has none.</param>
internal sealed record DoorState(Door Door, DoorSign Sign, DateTimeOffset? Until = null)
{
    public bool Holds(DoorSign sign, DateTimeOffset now) => Sign == sign && !(Until <= now);
}

/// <summary>Looks up how doors are to stand, as it is now.</summary>
internal sealed class PartnerDoor(NpgsqlDataSource database, IDocumentStore store, TimeProvider time)
{
    private string Signs
    {
        get
        {
            var schema = store.Options.DatabaseSchemaName;
            return $"""
                select partner_id, is_on, coalesce(version, 0) from {schema}.{FeedProgressTable.Name}
                left join {schema}.mt_streams on id = partner_id where way = '{QueueWay.Way}'
                """;
        }
    }

    /// <summary>Of all partners that ever took a queue.</summary>
    public Task<IReadOnlyList<DoorSign>> SignsAsync(CancellationToken cancellationToken) =>
        SignsAsync(partner: null, cancellationToken);

    public async Task<DoorState> LookAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        // Before the partner: what is changed in between has another sign.
        var sign = (await SignsAsync(partnerId, cancellationToken)).SingleOrDefault() ?? new(partnerId, IsOn: false, Version: 0);
        if (!sign.IsOn) return new(Door.Gone, sign);
        await using var session = store.LightweightSession();
        var partner = await session.Events.FetchLatest<Partner>(partnerId, cancellationToken);
        if (partner?.State is null or PartnerState.Ended) return new(Door.Gone, sign);
        return partner.InForce(time.GetUtcNow()) is { } agreement
            ? new(Door.Open, sign, agreement.Terms.Until)
            : new(Door.Shut, sign);
    }

    private async Task<IReadOnlyList<DoorSign>> SignsAsync(Guid? partner, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Signs + (partner is null ? "" : " and partner_id = $1"));
        if (partner is { } one) command.Parameters.AddWithValue(one);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        var found = new List<DoorSign>();
        while (await rows.ReadAsync(cancellationToken))
            found.Add(new(rows.GetGuid(0), rows.GetBoolean(1), rows.GetInt64(2)));
        return found;
    }
}
