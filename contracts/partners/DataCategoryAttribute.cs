namespace EPerfect.Contracts.Partners;

/// <summary>The kind of data that a member is; without it, <c>account</c>: what the customer has and chose. An agreement
/// must name the category, and the person's consent must cover it.</summary>
/// <param name="name">Such as <c>contact</c>.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class DataCategoryAttribute(string name) : Attribute
{
    /// <summary>The category.</summary>
    public string Name { get; } = name;
}
