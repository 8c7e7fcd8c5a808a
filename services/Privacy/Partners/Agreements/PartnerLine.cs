using Marten;

namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>One line of the list of partners. A projection: dropped and rebuilt, it is the same.</summary>
internal sealed record PartnerLine
{
    public Guid Id { get; init; }

    public string Company { get; init; } = "";

    public PartnerKind Kind { get; init; }

    public PartnerMode Mode { get; init; }

    public PartnerState State { get; init; }

    /// <summary>Deliveries stay suspended when an agreement ends, whatever is agreed after that.</summary>
    public bool IsSuspended { get; init; }

    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>In a query: that the agreement of the partner in a column is over, as of now: the line changes with the
    /// stream.</summary>
    public static string HasEnded(IDocumentStore store, string column) => $"""
        exists (select from {store.Options.DatabaseSchemaName}.mt_doc_partnerline
            where id = {column} and data ->> 'state' = '{PartnerState.Ended}')
        """;

    public static PartnerLine Create(PartnerRegistered e) => new()
    {
        Id = e.PartnerId,
        Company = e.Company,
        Kind = e.Kind,
        Mode = e.Mode,
        RegisteredAt = e.RegisteredAt,
    };

    public PartnerLine Apply(AgreementActivated _) =>
        this with { State = IsSuspended || State == PartnerState.Suspended ? PartnerState.Suspended : PartnerState.Active };

    public PartnerLine Apply(PartnerSuspended _) => this with { State = PartnerState.Suspended, IsSuspended = true };

    public PartnerLine Apply(PartnerResumed _) => this with { State = PartnerState.Active, IsSuspended = false };

    public PartnerLine Apply(AgreementEnded _) => this with { State = PartnerState.Ended };
}
