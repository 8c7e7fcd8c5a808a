using System.Globalization;
using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The operator's part of <c>keys</c> that places and ends legal holds, as our lawyers ask for them.</summary>
internal static class HoldsCommand
{
    public const string Usage = """
        keys hold ID GROUP REASON [UNTIL]   keeps a person's data from being erased, for a court or a claim: ID is the account's
                                    or the login's number, GROUP identity, contact, billing, communications, logs, marketing
                                    or all, REASON a reference such as case:2026-117, UNTIL a date; prints the hold's number
        keys release HOLD           ends a hold: within ten minutes the running service erases what had waited for that
        """;

    public static async Task<int> HoldAsync(Vault vault, string subject, string group, string reason, string? until)
    {
        DataGroup? one = null;
        if (group != "all")
        {
            if (!Enum.TryParse<DataGroup>(group, ignoreCase: true, out var known) || char.IsDigit(group[0]))
                return Fail($"'{group}' is no group.");
            one = known;
        }

        DateTimeOffset? end = null;
        if (until is not null)
        {
            if (!DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                return Fail($"'{until}' is no date.");
            end = date.ToUniversalTime();
        }

        if (!Guid.TryParse(subject, out var id) || id == Guid.Empty) return Fail($"'{subject}' is not a number.");
        try
        {
            var hold = new LegalHold(Guid.CreateVersion7(), id, one, reason, end);
            var late = await vault.HoldAsync(hold, CancellationToken.None);
            Console.WriteLine($"hold {hold.Id:D}");
            if (late.Count > 0) Console.WriteLine($"erased before, and not held: {string.Join(", ", late).ToLowerInvariant()}");
            return 0;
        }
        catch (ArgumentException wrong)
        {
            return Fail(wrong.Message);
        }
    }

    public static async Task<int> ReleaseAsync(Vault vault, string hold)
    {
        if (!Guid.TryParse(hold, out var id) || !await vault.EndHoldAsync(id, CancellationToken.None))
            return Fail($"There is no hold '{hold}' here.");
        Console.WriteLine("ended; what had waited for it is erased within ten minutes, while the service runs");
        return 0;
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
