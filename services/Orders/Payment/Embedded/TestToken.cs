using System.Globalization;

namespace EPerfect.Orders.Payment.Embedded;

/// <summary>How the embedded gateway behaves towards a token. Its name, not the token, is kept in the ledger.</summary>
internal sealed record TestToken(string Name)
{
    private const string FailPrefix = "tok_fail_";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "tok_ok",
        "tok_decline",
        "tok_decline_capture",
        "tok_timeout_after_authorise",
        "tok_timeout_after_charge",
        "tok_timeout_after_refund",
    };

    /// <summary>The behaviour of a token; null if the gateway does not know it.</summary>
    public static TestToken? Of(string token) =>
        Known.Contains(token) || FailuresOf(token) > 0 ? new(token) : null;

    /// <summary>Whether the n-th call of a kind breaks down before anything happens.</summary>
    public bool FailsBefore(int call) => call <= FailuresOf(Name);

    /// <summary>Whether the n-th call of a kind acts and then stays silent.</summary>
    public bool IsSilentAfter(LedgerKind kind, int call) => call == 1 && (kind, Name) is
        (LedgerKind.Authorisation, "tok_timeout_after_authorise")
        or (LedgerKind.Capture, "tok_timeout_after_charge")
        or (LedgerKind.Refund, "tok_timeout_after_refund");

    /// <summary>Why a call of a kind is declined; null if it is not.</summary>
    public string? DeclineReason(LedgerKind kind) => (kind, Name) switch
    {
        (LedgerKind.Authorisation, "tok_decline") => "card-declined",
        (LedgerKind.Capture, "tok_decline_capture") => "authorisation-expired",
        _ => null,
    };

    private static int FailuresOf(string token) =>
        token.StartsWith(FailPrefix, StringComparison.Ordinal)
        && int.TryParse(token.AsSpan(FailPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var times)
            ? times
            : 0;
}
