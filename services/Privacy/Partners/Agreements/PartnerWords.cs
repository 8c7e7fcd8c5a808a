namespace EPerfect.Privacy.Partners.Agreements;

/// <summary>What a partner is.</summary>
internal enum PartnerKind
{
    PaymentProcessor,
    CertificateAuthority,
    SiteBuilder,
    Marketplace,
    Accounting,
    Other,
}

/// <summary>Whether a partner hears of customers, or of synthetic people alone.</summary>
internal enum PartnerMode
{
    Sandbox,
    Live,
}

internal enum PartnerState
{
    /// <summary>Nothing is agreed yet.</summary>
    Registered,
    Active,
    Suspended,
    Ended,
}

/// <summary>Why deliveries stop. Stable words: no text in which somebody would be named.</summary>
internal enum StopReason
{
    Requested,
    Security,
    BreachOfAgreement,
    ErasureNotAcknowledged,
    CorrectionNotAcknowledged,
    AgreementOver,
}
