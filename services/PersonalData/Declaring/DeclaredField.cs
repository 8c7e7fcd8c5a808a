namespace EPerfect.PersonalData;

/// <summary>One field of personal data, on the terms that hold for it.</summary>
/// <param name="Path">Where it stands in the sealed JSON: <c>address.city</c>, or <c>lines[].text</c> within a list.
/// </param>
/// <param name="Category">What it tells about the person.</param>
/// <param name="Description">What it is.</param>
/// <param name="Group">The group that is erased together.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="LegalBasis">The ground in law.</param>
/// <param name="Retention">How long it is kept: the sentence of the rule.</param>
public sealed record DeclaredField(
    string Path,
    DataCategory Category,
    string Description,
    DataGroup Group,
    string Purpose,
    string LegalBasis,
    string Retention);
