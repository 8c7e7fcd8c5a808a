using EPerfect.Operations.Messages;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;

namespace EPerfect.Operations.Pages;

/// <summary>What an operator can order: what it is called, what it does, and where it is confirmed.</summary>
internal static class Orders
{
    private const string Page = "/operations/order";

    private static readonly Dictionary<string, (string Title, string Does, string Done)> All = new(StringComparer.Ordinal)
    {
        ["stop"] = (
            "Stop {0}",
            "From the moment this is stored nothing of it is begun, on any instance; what was begun by then is finished. "
                + "What is due waits where it is, and is done once when it is resumed.",
            "It is stopped."),
        ["resume"] = ("Resume {0}", "What has waited is done now, each once, and then all goes on as ever.", "It is resumed."),
        [MoveFailedMessages.Replay] = (
            "Replay {0}",
            "They go back to their queue under their old ids, up to 500 at once: one that had its effect does not have it "
                + "twice, one that fails again comes back here. Mend the cause first.",
            "They are back in their queue."),
        [MoveFailedMessages.Archive] = (
            "Archive {0}",
            "They are put out of the way, up to 500 at once, where no alarm counts them. Their effect stays undone. They can be "
                + "fetched back until 90 days after they failed.",
            "They lie in the archive."),
        [MoveFailedMessages.FetchBack] = (
            "Fetch back {0}",
            "They lie among the failed messages again, and can be replayed from there.",
            "They are fetched back."),
        ["try"] = (
            "Resume {0}",
            "It is tried at once instead of at its next turn. What was done already is not done again.",
            "It is being tried."),
    };

    public static bool Has(string? what) => what is not null && All.ContainsKey(what);

    public static string Title(string what, string of) => string.Format(
        System.Globalization.CultureInfo.InvariantCulture, All[what].Title, of);

    public static string Does(string what) => All[what].Does;

    /// <summary>Null for what no page of ours says.</summary>
    public static string? Done(string? what) => Has(what) ? All[what!].Done : null;

    public static IReadOnlyList<(string What, string Label)> OfMessages(bool archived) => archived
        ? [(MoveFailedMessages.FetchBack, "Fetch back")]
        : [(MoveFailedMessages.Replay, "Replay"), (MoveFailedMessages.Archive, "Archive")];

    public static string MessagesOf(string what, string queue, string? failure, Guid? message = null) => At(
        ("what", what), ("of", queue), ("failure", failure), ("messageId", message?.ToString("D")));

    public static string ResumeOf(string service, StuckDeadline what) => At(
        ("what", "try"), ("of", service), ("streamId", what.StreamId.ToString("D")), ("kind", what.Kind),
        ("argument", what.Argument));

    public static string SwitchOf(string what, string effect) => At(("what", what), ("of", effect));

    private static string At(params IEnumerable<(string Name, string? Value)> parts) => QueryHelpers.AddQueryString(
        Page, parts.Where(part => part.Value is { Length: > 0 }).Select(part => KeyValuePair.Create(part.Name, part.Value)));
}
