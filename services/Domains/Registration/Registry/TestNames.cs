using System.Text.RegularExpressions;
using EPerfect.ServiceDefaults;

namespace EPerfect.Domains.Registration.Registry;

/// <summary>
/// How the embedded registry behaves for a name, by the beginning of its first label: <c>fail-3-</c> is unreachable
/// three times, <c>timeout-after-</c> does what was asked and answers too late the first time, <c>refuse-</c> refuses,
/// <c>taken-</c> belongs to another registrar's customer.
/// </summary>
internal static partial class TestNames
{
    public static bool IsTaken(DomainName name) => Begins(name, "taken-");

    public static bool IsRefused(DomainName name) => Begins(name, "refuse-");

    public static bool AnswersTooLate(DomainName name, int call) => call == 1 && Begins(name, "timeout-after-");

    public static bool IsUnreachable(DomainName name, int call) =>
        Failing().Match(name.Labels[0]) is { Success: true } match
        && call <= int.Parse(match.Groups["times"].ValueSpan);

    private static bool Begins(DomainName name, string prefix) =>
        name.Ascii.StartsWith(prefix, StringComparison.Ordinal);

    [GeneratedRegex("^fail-(?<times>[0-9]{1,3})-", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex Failing();
}
