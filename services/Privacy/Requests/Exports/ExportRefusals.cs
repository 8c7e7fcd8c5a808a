using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports;

internal static class ExportRefusals
{
    public static readonly Refusal NotReady =
        new(409, "export-not-ready", "Not every service has handed over its part; reading the export says which have.");

    public static readonly Refusal Over = new(
        410, "export-ended", "The export is over, and handed to nobody any more. Ask for a new one.");
}
