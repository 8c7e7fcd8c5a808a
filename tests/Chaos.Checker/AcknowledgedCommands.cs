using System.Globalization;

namespace EPerfect.Chaos.Checker;

/// <summary>Every acknowledged command is in its stream, exactly once.</summary>
internal static class AcknowledgedCommands
{
    public static async Task<IReadOnlyList<Violation>> CheckAsync(
        Stores stores, IReadOnlyList<Noted> history, bool isEnd)
    {
        var violations = new List<Violation>();
        foreach (var service in history.GroupBy(noted => noted.Service, StringComparer.Ordinal))
        {
            string[] types = [.. service.Select(noted => noted.Event).Distinct(StringComparer.Ordinal)];
            var names = string.Equals(service.Key, "domains", StringComparison.Ordinal)
                ? await NamesAsync(stores)
                : new Dictionary<string, Guid>(StringComparer.Ordinal);
            var stored = (await StoredEvent.ReadAsync(stores, service.Key, types))
                .ToLookup(e => (e.Stream, e.Type), e => e.Version);
            foreach (var stream in service.Where(noted => noted.Stream is not null).GroupBy(n => (n.Stream, n.Event)))
            {
                var id = Guid.TryParse(stream.Key.Stream, out var known) ? known
                    : names.GetValueOrDefault(stream.Key.Stream!);
                violations.AddRange(Check([.. stream], [.. stored[(id, stream.Key.Event)]], isEnd));
            }
        }

        return violations;
    }

    private static IEnumerable<Violation> Check(Noted[] commands, IReadOnlyList<long> versions, bool isEnd)
    {
        var acknowledged = commands.Where(noted => noted.Outcome is Outcome.Acknowledged).ToArray();
        var subject = $"{commands[0].Service} {commands[0].Stream} {commands[0].Event}";
        var lost = acknowledged.Where(noted => noted.Version is { } version && !Has(noted, version)).ToArray();
        foreach (var noted in lost)
        {
            yield return new("acknowledged-command-lost", subject, string.Create(
                CultureInfo.InvariantCulture,
                $"{noted.Command} {noted.Key} was acknowledged as version {noted.Version}; it has {List(versions)}"));
        }

        // More may be under way. And an order is cancelled for other reasons as well.
        if (!isEnd || commands[0].Command is "cancel-order") yield break;
        var unknown = commands.Count(noted => noted.Outcome is Outcome.Unknown);
        if (versions.Count > acknowledged.Length + unknown)
        {
            yield return new("command-done-twice", subject, string.Create(
                CultureInfo.InvariantCulture,
                $"{acknowledged.Length} acknowledged, {unknown} unknown; it has {List(versions)}"));
        }
        else if (lost.Length == 0 && versions.Count < acknowledged.Length)
        {
            yield return new("acknowledged-command-lost", subject, string.Create(
                CultureInfo.InvariantCulture, $"{acknowledged.Length} acknowledged; it has {List(versions)}"));
        }

        // What a creation appends may be several events, of which the answer names the last.
        bool Has(Noted noted, long version) => noted.Command.StartsWith("create-", StringComparison.Ordinal)
            ? versions.Any(stored => stored <= version)
            : versions.Contains(version);
    }

    private static string List(IReadOnlyList<long> versions) => versions.Count == 0 ? "none" : string.Join(", ", versions);

    private static async Task<Dictionary<string, Guid>> NamesAsync(Stores stores) =>
        (await StoredEvent.ReadAsync(stores, "domains", "domain_registered"))
            .GroupBy(e => e.Text("domainName"), StringComparer.Ordinal)
            .ToDictionary(name => name.Key, name => name.First().Stream, StringComparer.Ordinal);
}
