namespace EPerfect.Chaos.Checker;

/// <summary>Whatever began has ended, or something is due that will move it on.</summary>
internal static class ProcessRules
{
    private static readonly Dictionary<string, (string Began, string[] Ends)[]> Processes =
        new(StringComparer.Ordinal)
        {
            ["accounts"] = [("mail_requested", ["mail_sent", "mail_refused", "mail_dropped"])],
            ["orders"] = [("order_placed", ["order_activated", "order_cancelled"])],
            ["domains"] =
            [
                ("registration_started", ["domain_registered", "registration_failed"]),
                ("nameserver_change_started", ["nameservers_changed", "nameserver_change_refused"]),
            ],
            ["privacy"] = [("request_started", ["request_done", "request_refused", "request_withdrawn"])],
        };

    private static readonly (string, string[]) Erasure = ("erasure_received", ["personal_data_shredded"]);

    public static async Task<IReadOnlyList<Violation>> CheckAsync(Stores stores)
    {
        var stuck = new List<(string Service, Guid Stream, string Began, bool IsDue)>();
        foreach (var service in Stores.Services)
        {
            foreach (var (began, ends) in Processes[service].Append(Erasure))
            {
                stuck.AddRange((await stores.QueryAsync(service, Open(began, ends), row => (row.GetGuid(0), row.GetBoolean(1))))
                    .Select(open => (service, open.Item1, began, open.Item2)));
            }
        }

        return [.. stuck.Where(open => !open.IsDue).Select(open => new Violation(
            "stuck", $"{open.Service} {open.Stream}", $"{open.Began}, but neither ended nor due"))];
    }

    /// <summary>Events count, for a stream may live several lives: each beginning has an end.</summary>
    private static string Open(string began, string[] ends) => $"""
        select e.stream_id, exists (select from store.deadlines d where d.stream_id = e.stream_id)
        from store.mt_events e
        where e.type in ({string.Join(", ", ends.Append(began).Select(type => $"'{type}'"))})
        group by e.stream_id
        having max(e.version) filter (where e.type = '{began}')
            > coalesce(max(e.version) filter (where e.type <> '{began}'), 0)
        """;
}
