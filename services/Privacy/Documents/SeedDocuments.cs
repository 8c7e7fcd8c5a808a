using EPerfect.Privacy.Policy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

/// <summary>
/// Before the service answers, publishes what ships and is not published yet, oldest first, and a set whenever its
/// members change: what staff published in between stays in it. May run on several instances at once and may be killed
/// anywhere: what is there is left alone, what is missing is added. A shipped text that differs from what was published
/// ends the start.
/// </summary>
internal sealed class SeedDocuments(
    ShippedTexts texts, PublicationCheck check, Writer writer, TimeProvider time) : IHostedService
{
    private const string Actor = "privacy/seed-documents";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var document in texts.All.GroupBy(text => text.Kind, StringComparer.Ordinal))
            await PublishAsync(document.Key, [.. document.OrderBy(text => text.Version)], cancellationToken);

        var newest = new SortedDictionary<string, SetMember>(StringComparer.Ordinal);
        foreach (var sameDay in texts.All.OrderBy(text => text.EffectiveAt).GroupBy(text => text.EffectiveAt))
        {
            foreach (var text in sameDay.OrderBy(text => text.Version))
                newest[text.Kind] = new SetMember(text.Kind, text.Version, text.Sha256);
            if (newest.Count == DocumentKind.All.Count)
                await PublishSetAsync([.. newest.Values], sameDay.Key, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PublishAsync(
        string kind, IReadOnlyList<DocumentText> versions, CancellationToken cancellationToken)
    {
        var decision = await writer.WriteAsync(
            DocumentKind.StreamOf(kind),
            Actor,
            (work, token) => work.ChangeAsync<Document>(
                DocumentKind.StreamOf(kind),
                async (document, inner) =>
                {
                    var sets = await work.Session.Events.FetchLatest<PolicySets>(PolicySets.StreamId, inner);
                    foreach (var text in versions.Where(text => document?.Find(text.Version) is null))
                    {
                        if (sets?.Overtakes(text.EffectiveAt) == true) return PolicySets.Overtaken;
                        var before = document is null ? null : versions.FirstOrDefault(one => one.Version == text.Version - 1);
                        if ((await check.JudgeAsync(text, before?.Content, inner)).Refusal is { } refused) return refused;
                    }

                    return PublishDocument.Seed(document, versions, time.GetUtcNow());
                },
                token),
            cancellationToken);
        if (decision.Refusal is { } refusal) throw new InvalidOperationException($"{kind}: {refusal.Code}. {refusal.Rule}");
    }

    private Task<Decision> PublishSetAsync(
        IReadOnlyList<SetMember> members, DateTimeOffset effectiveAt, CancellationToken cancellationToken) =>
        writer.ChangeAsync<PolicySets>(
            PolicySets.StreamId,
            Actor,
            sets => sets is null
                ? PolicySets.Publish(sets, members, effectiveAt, time.GetUtcNow())
                : PolicySets.Ship(sets, members, effectiveAt, time.GetUtcNow()),
            cancellationToken);
}
