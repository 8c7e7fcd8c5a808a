using System.Globalization;

namespace EPerfect.Orders.Provisioning.Embedded;

/// <summary>How the embedded provisioner behaves, told by the first hosted domain whose name starts with a wish:
/// <c>fail-3-</c> (three calls break down), <c>timeout-after-</c> (acts, then is silent once),
/// <c>refuse-</c>.</summary>
internal sealed record TestDomain(int Failures = 0, bool IsSilentOnce = false, bool IsRefused = false)
{
    public static TestDomain Of(IReadOnlyList<string> hostedDomains) =>
        hostedDomains.Select(Of).FirstOrDefault(wish => wish is not null) ?? new();

    private static TestDomain? Of(string domain) => domain.Split('-') switch
    {
        ["fail", var times, _, ..]
            when int.TryParse(times, NumberStyles.None, CultureInfo.InvariantCulture, out var k) => new(Failures: k),
        ["timeout", "after", _, ..] => new(IsSilentOnce: true),
        ["refuse", _, ..] => new(IsRefused: true),
        _ => null,
    };
}
