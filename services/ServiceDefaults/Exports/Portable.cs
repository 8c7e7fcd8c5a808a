namespace EPerfect.ServiceDefaults;

/// <summary>What a person takes along (GDPR Art. 20): what they provided, kept for a contract or by consent. Not what was
/// noted about them, and not what law makes us keep.</summary>
internal static class Portable
{
    private static readonly string[] Noted = ["activity", "device-address", "credential", "account-status"];

    /// <summary>As much of it as is portable; null if nothing.</summary>
    public static ToldHolding? Of(ToldHolding told)
    {
        ToldDatum[] data = [.. told.Data.Where(Is)];
        return data.Length == 0 ? null : told with { Data = data, Facts = null };
    }

    internal static bool Is(ToldDatum datum) =>
        datum.State == ToldDatum.Clear
        && !Noted.Contains(datum.Category, StringComparer.Ordinal)
        && (datum.LegalBasis.StartsWith("contract", StringComparison.OrdinalIgnoreCase)
            || datum.LegalBasis.StartsWith("consent", StringComparison.OrdinalIgnoreCase));
}
