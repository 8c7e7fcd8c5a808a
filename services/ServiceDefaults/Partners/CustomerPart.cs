using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>A sealed value of a customer, and what partners may be told of it.</summary>
public sealed class CustomerPart
{
    private readonly Func<Vault, CancellationToken, Task<IReadOnlyList<(string Member, object Value)>>> open;

    private CustomerPart(
        ISealed value,
        IReadOnlyList<string> members,
        Func<Vault, CancellationToken, Task<IReadOnlyList<(string Member, object Value)>>> open) =>
        (Value, Members, this.open) = (value, members, open);

    internal ISealed Value { get; }

    /// <summary>Members of <c>com.eperfect.customer.shared.v1</c>.</summary>
    internal IReadOnlyList<string> Members { get; }

    /// <summary>A part.</summary>
    /// <typeparam name="T">The personal data inside.</typeparam>
    /// <param name="value">The sealed value.</param>
    /// <param name="members">Members of <c>com.eperfect.customer.shared.v1</c>, and what of the value each is.</param>
    public static CustomerPart Of<T>(Sealed<T> value, params (string Member, Func<T, object> Of)[] members)
        where T : IPersonalData => new(
            value,
            [.. members.Select(member => member.Member)],
            async (vault, token) => await vault.OpenAsync(value, token) is Opened<T>.Clear clear
                ? [.. members.Select(member => (member.Member, member.Of(clear.Value)))]
                : []);

    /// <summary>Opens it; empty if that may not be.</summary>
    internal Task<IReadOnlyList<(string Member, object Value)>> OpenAsync(Vault vault, CancellationToken cancellationToken) =>
        open(vault, cancellationToken);
}
