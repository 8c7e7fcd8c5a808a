namespace EPerfect.PersonalData;

/// <summary>
/// Names a kind of personal data that rests in clear on purpose, because it must be searched, shown or counted. It says
/// on what terms; <see cref="InClearAttribute{T}"/> says where.
/// </summary>
public interface IInClear
{
    /// <summary>The kind and its terms. No key seals it: its retention says what becomes of it at an erasure.</summary>
    static abstract ClearDeclaration Declared { get; }
}

/// <summary>The terms on which one kind of personal data rests in clear.</summary>
/// <param name="Alias">The kind's name, lower-case words joined by '-' or '.'.</param>
/// <param name="Category">What it tells about the person.</param>
/// <param name="Description">What it is, in words a customer understands.</param>
/// <param name="Group">The group that it belongs with.</param>
/// <param name="Purpose">What it is for, and so why it is not sealed.</param>
/// <param name="LegalBasis">The ground in law.</param>
/// <param name="Retention">How long it is kept, by which rule, and what stays of it.</param>
public sealed record ClearDeclaration(
    string Alias,
    DataCategory Category,
    string Description,
    DataGroup Group,
    string Purpose,
    string LegalBasis,
    Retention Retention)
{
    /// <summary>Where it rests: <c>ContactRegistered.Country</c>. Known to <see cref="Declarations.InClear"/>.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];
}

/// <summary>Says of a member of an event, document or table that it holds declared personal data in clear.</summary>
/// <typeparam name="T">The kind.</typeparam>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Class)]
public sealed class InClearAttribute<T> : InClearAttribute
    where T : IInClear
{
    internal override ClearDeclaration Declaration => T.Declared;
}

/// <summary>What <see cref="InClearAttribute{T}"/> is found by.</summary>
public abstract class InClearAttribute : Attribute
{
    private protected InClearAttribute()
    {
    }

    internal abstract ClearDeclaration Declaration { get; }
}

/// <summary>Says why a member that is named like personal data is none.</summary>
/// <param name="why">Why.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field | AttributeTargets.Class)]
public sealed class NotPersonalAttribute(string why) : Attribute
{
    /// <summary>Why.</summary>
    public string Why { get; } = why;
}
