namespace EPerfect.PersonalData;

/// <summary>
/// Declares one field of personal data: <c>record Identity([Datum(DataCategory.Name, "the full name")] string Name)</c>.
/// Group and retention are those of the type, whose fields live and are destroyed together; purpose and legal basis too,
/// unless the field's are narrower.
/// </summary>
/// <param name="category">What it tells about the person.</param>
/// <param name="description">What it is, in words a customer understands.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DatumAttribute(DataCategory category, string description) : Attribute
{
    /// <summary>What it tells about the person.</summary>
    public DataCategory Category { get; } = category;

    /// <summary>What it is, in words a customer understands.</summary>
    public string Description { get; } = description;

    /// <summary>What this field alone is for.</summary>
    public string? Purpose { get; init; }

    /// <summary>The ground in law for this field alone.</summary>
    public string? LegalBasis { get; init; }
}
