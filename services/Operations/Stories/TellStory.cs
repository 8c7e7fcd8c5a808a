using EPerfect.Operations.Asking;
using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Stories;

/// <param name="Kind">What it was asked of.</param>
/// <param name="Story">Null if there is no such thing, or nobody knows whether there is.</param>
/// <param name="Missing">Without whom nobody knows.</param>
internal sealed record Told(string Kind, Story? Story = null, NotAnswered? Missing = null);

/// <summary>Tells the story of an order, an account or a domain.</summary>
internal sealed class TellStory(AskServices services, GatherStory gather)
{
    /// <param name="service">Whose thing it is: <c>orders</c>, <c>accounts</c> or <c>domains</c>.</param>
    /// <param name="name">Its id; of a domain its name or the id of its stream.</param>
    /// <param name="ct">Gives up.</param>
    public async Task<Told> OfAsync(string service, string name, CancellationToken ct)
    {
        var kind = service.TrimEnd('s');
        if (Guid.TryParse(name, out var id)) return await OfAsync(kind, service, id, ct);
        if (kind != "domain") return new(kind);
        var found = await services.GetAsync<NamedStream>(
            service, $"/operations/streams/{Uri.EscapeDataString(name)}", ct);
        return found switch
        {
            { Answer: { } stream } => await OfAsync(kind, service, stream.Id, ct),
            { Status: 404 } => new(kind),
            _ => new(kind, Missing: NotAnswered.By(found)),
        };
    }

    private async Task<Told> OfAsync(string kind, string service, Guid id, CancellationToken ct)
    {
        var gathered = await gather.OfAsync(id, ct);
        if (!gathered.Threads.Entries.Any(entry => entry.Service == service && entry.StreamId == id && entry.Stream == kind))
        {
            // Without its owner nobody knows whether there is one.
            return new(kind, Missing: gathered.NotAnswered.FirstOrDefault(one => one.Service == service));
        }

        return new(kind, new Story(
            kind,
            id,
            Complete: gathered.NotAnswered.Count == 0 && !gathered.CutOff,
            gathered.NotAnswered,
            CausalOrder.Of(gathered.Threads.Entries)));
    }
}
