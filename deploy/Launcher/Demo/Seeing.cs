namespace EPerfect.Launcher.Demo;

/// <summary>What can be seen afterwards, and what cannot.</summary>
internal sealed class Seeing(Door door, Narrator narrator)
{
    public async Task RegisteredAsync(string domain, CancellationToken ct)
    {
        var path = $"/api/domains/{domain}";
        await narrator.StepAsync(
            "The registered domain", $"GET {path}", () => door.GetAsync(path, ct),
            answer => $"{domain} until {answer["expiresAt"]}");
        await narrator.EventsAsync("domains", path + "/history", ct);
    }

    public async Task LookUpAsync(string domain, Person person, CancellationToken ct)
    {
        var path = $"/rdap/domain/{domain}";
        var answer = await narrator.StepAsync(
            "What the world sees of it", $"GET {path}", () => door.GetAsync(path, ct),
            answer => $"RDAP, {answer["redacted"]?.AsArray().Count ?? 0} fields redacted");
        var text = answer.ToJsonString();
        if (person.Secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)))
            throw new LaunchException("RDAP shows the registrant");
    }

    /// <summary>The last message of an order closes its trace.</summary>
    public async Task TracedAsync(TraceOf trace, CancellationToken ct)
    {
        await narrator.StepAsync(
            "One trace holds it all", $"trace {trace.Id}",
            () => Waiting.UntilAsync(
                "the trace is written", () => Task.FromResult(trace.Holds("orders.order-activated.v1")), ct),
            _ => string.Join(" -> ", trace.Services()));
        foreach (var (service, message) in trace.Messages())
            narrator.Line($"     {service,-9} {message}");
    }
}
