using System.Text.RegularExpressions;

namespace EPerfect.ServiceDefaults;

/// <summary>Why an operator does something: a reference, never a text, for a text would tell of people.</summary>
internal static partial class OperatorReason
{
    public static readonly Refusal Malformed = Refusals.Invalid(
        "operator-reason-malformed",
        "A reason is an incident, alert, ticket, case or change and its name, such as alert:poisoned-messages.",
        "/reason");

    public static bool IsWellFormed(string reason) => Form().IsMatch(reason);

    [GeneratedRegex(@"\A(incident|alert|ticket|case|change):[A-Za-z0-9][A-Za-z0-9-]{0,63}\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
