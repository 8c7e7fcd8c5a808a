using System.Collections.Immutable;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>What one service has handed over.</summary>
internal sealed record ServicePart(int Attempt)
{
    public ImmutableSortedSet<int> Numbers { get; init; } = [];

    /// <summary>How many parts there are; null until the last one came.</summary>
    public int? Count { get; init; }

    public int Holdings { get; init; }

    public Guid? LoginId { get; init; }

    public DateTimeOffset AsOf { get; init; }

    public DateTimeOffset AnsweredAt { get; init; }

    public bool IsWhole => Count == Numbers.Count;

    public ServicePart With(ExportPartKept e) => this with
    {
        Numbers = Numbers.Add(e.Number),
        Count = e.IsLast ? e.Number : Count,
        Holdings = Math.Max(Holdings, e.Holdings),
        LoginId = e.LoginId,
        AsOf = e.AsOf,
        AnsweredAt = e.KeptAt,
    };
}

/// <summary>One export: who has answered, whether it can be fetched.</summary>
internal sealed record Export : IOwned
{
    /// <summary>Those that must answer.</summary>
    public static readonly ImmutableArray<string> Services = ["accounts", "domains", "orders", "privacy"];

    public Guid Id { get; init; }

    public required ExportGranted Granted { get; init; }

    Guid? IOwned.AccountId => Granted.AccountId;

    public ExportOrdered? Ordered { get; init; }

    public ImmutableSortedDictionary<string, ServicePart> Parts { get; init; } =
        ImmutableSortedDictionary.Create<string, ServicePart>(StringComparer.Ordinal);

    public ExportReady? Ready { get; init; }

    public int Downloads { get; init; }

    public ExportCalledOff? CalledOff { get; init; }

    public ExportEnded? Ended { get; init; }

    /// <summary>Whether nothing more comes in or is handed over.</summary>
    public bool IsOver => CalledOff is not null || Ended is not null;

    /// <summary>Its time may be up before its key is destroyed: while the vault is away, that waits.</summary>
    public bool IsOverAt(DateTimeOffset now) => IsOver || Ready?.EndsAt <= now;

    /// <summary>Who alone may fetch it: it may tell of that login. Null: any owner of the account, of whose login nothing is
    /// in it.</summary>
    public Guid? Recipient => Granted.LoginId ?? Parts.Values.FirstOrDefault(part => part.LoginId is not null)?.LoginId;

    public bool IsWhole => Services.All(service => Parts.TryGetValue(service, out var part) && part.IsWhole);

    public string StateAt(DateTimeOffset now) => this switch
    {
        _ when IsOverAt(now) => "ended",
        { Ready: not null } => "ready",
        _ => "under-way",
    };

    public static Export Create(ExportGranted e) => new() { Id = e.ExportId, Granted = e };

    public Export Apply(ExportOrdered e) => this with { Ordered = e };

    public Export Apply(ExportPartKept e) => this with
    {
        Parts = Parts.SetItem(
            e.Service,
            (Parts.GetValueOrDefault(e.Service) is { } known && known.Attempt == e.Attempt ? known : new ServicePart(e.Attempt))
                .With(e)),
    };

    public Export Apply(ExportReady e) => this with { Ready = e };

    public Export Apply(ExportDownloaded _) => this with { Downloads = Downloads + 1 };

    public Export Apply(ExportCalledOff e) => this with { CalledOff = e };

    public Export Apply(ExportEnded e) => this with { Ended = e };
}
