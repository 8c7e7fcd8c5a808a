namespace EPerfect.Privacy.Requests.Exports;

/// <summary>One time that data of a person was given to somebody outside of the house.</summary>
/// <param name="Recipient">To whom.</param>
/// <param name="Categories">Which kinds of data.</param>
/// <param name="Purpose">What for.</param>
/// <param name="LegalBasis">On what ground.</param>
/// <param name="DisclosedAt">When.</param>
internal sealed record Disclosure(
    string Recipient, IReadOnlyList<string> Categories, string Purpose, string LegalBasis, DateTimeOffset DisclosedAt);

/// <summary>Who was given data of a person.</summary>
internal interface IDisclosures
{
    IAsyncEnumerable<Disclosure> OfAsync(Guid accountId, CancellationToken cancellationToken);
}
