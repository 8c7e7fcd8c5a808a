namespace EPerfect.Contracts.Privacy;

/// <summary>One field of personal data that a service holds, and its terms (GDPR Art. 30(1)). Names no person.</summary>
/// <param name="Alias">The kind of data, such as <c>account-contact</c>.</param>
/// <param name="Field">The field within it, such as <c>address.city</c>; empty for what rests in clear.</param>
/// <param name="Category">What it tells about the person, such as <c>PostalAddress</c>.</param>
/// <param name="Description">What it is.</param>
/// <param name="Form"><c>sealed</c> or <c>clear</c>.</param>
/// <param name="Group">What it is erased together with, such as <c>Contact</c>.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="LegalBasis">The ground in law.</param>
/// <param name="Retention">How long it is kept, in words.</param>
/// <param name="Rule">The retention rule that is executed.</param>
/// <param name="Places">Where it rests, such as <c>event account_opened: contact</c>.</param>
public sealed record DeclaredDatum(
    string Alias,
    string Field,
    string Category,
    string Description,
    string Form,
    string Group,
    string Purpose,
    string LegalBasis,
    string Retention,
    string Rule,
    IReadOnlyList<string> Places);
