namespace EPerfect.Orders.Payment.Embedded;

/// <summary>One request to the embedded gateway. The parent is the reference that it rests on: an authorisation, or a
/// capture.
/// </summary>
internal sealed record GatewayCall(
    LedgerKind Kind, Guid Key, decimal Amount, string Currency, TestToken? Test, string? Parent = null)
{
    public string Reference => ReferenceOf(Kind, Key);

    /// <summary>Calls about the same money happen one after the other.</summary>
    public string Lane => Parent ?? Reference;

    public static string ReferenceOf(LedgerKind kind, Guid key) => $"{kind.ToString().ToLowerInvariant()}_{key:N}";

    public static GatewayCall About(LedgerEntry? basis, LedgerKind kind, Guid key, decimal amount, string parent) =>
        new(kind, key, amount, basis?.Currency ?? "", TestToken.Of(basis?.Behaviour ?? ""), parent);

    public LedgerEntry Entry(string? reason) =>
        new(Kind, Key, Reference, Parent, Amount, Currency, Test?.Name ?? "unknown", reason);
}
