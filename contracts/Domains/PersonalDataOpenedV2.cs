using EPerfect.Contracts.Privacy;

namespace EPerfect.Contracts.Domains;

/// <summary>Sealed data of a registrant was opened for somebody other than the person. Privacy keeps the register of it, in
/// which the person reads it. Stands for <see cref="PersonalDataOpened"/>, which told in clear who it was.</summary>
public sealed record PersonalDataOpenedV2 : SealedOpening, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "domains.personal-data-opened.v2";

    static string IContract.WireName => Name;
}
