namespace EPerfect.Privacy.Decisions;

/// <summary>Why an interest of ours outweighs the person's, written down before it is relied upon.</summary>
internal sealed record BalancingTest(string Id, string Interest, string Necessity, string Balance);

internal static class BalancingTests
{
    private static readonly BalancingTest Security = new(
        "lia-1",
        "Keep the customers' data and the service from loss, misuse and alteration.",
        "Whoever tries passwords or misuses an account is recognised by what was done from where, and by nothing less.",
        "Kept for ninety days, read by no one without a ground, and used against nobody who does no harm.");

    public static IReadOnlyList<BalancingTest> All { get; } = [Security];

    public static bool Has(string? id) => All.Any(test => test.Id == id);
}
