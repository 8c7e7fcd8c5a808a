using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Documents;

/// <summary>
/// Before the service answers, publishes what ships and is not published yet, oldest first, and a set whenever its
/// members change. May run on several instances at once and may be killed anywhere: what is there is left alone, what
/// is missing is added. A shipped text that differs from what was published ends the start.
/// </summary>
internal sealed class SeedDocuments(ShippedTexts texts, Writer writer, TimeProvider time) : IHostedService
{
    private const string Actor = "privacy/seed-documents";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var newest = new SortedDictionary<string, SetMember>(StringComparer.Ordinal);
        foreach (var sameDay in texts.All.OrderBy(text => text.EffectiveAt).GroupBy(text => text.EffectiveAt))
        {
            foreach (var text in sameDay.OrderBy(text => text.Version))
            {
                await PublishAsync(text, cancellationToken);
                newest[text.Kind] = new SetMember(text.Kind, text.Version, text.Sha256);
            }

            if (newest.Count == DocumentKind.All.Count)
                await PublishSetAsync([.. newest.Values], sameDay.Key, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PublishAsync(DocumentText text, CancellationToken cancellationToken)
    {
        var decision = await writer.ChangeAsync<Document>(
            DocumentKind.StreamOf(text.Kind),
            Actor,
            document => PublishDocument.Decide(document, text, time.GetUtcNow()),
            cancellationToken);
        if (decision.Refusal is { } refusal)
            throw new InvalidOperationException($"{text.Kind} version {text.Version}: {refusal.Code}. {refusal.Rule}");
    }

    private Task<Decision> PublishSetAsync(
        IReadOnlyList<SetMember> members, DateTimeOffset effectiveAt, CancellationToken cancellationToken) =>
        writer.ChangeAsync<PolicySets>(
            PolicySets.StreamId,
            Actor,
            sets => PolicySets.Publish(sets, members, effectiveAt, time.GetUtcNow()),
            cancellationToken);
}
