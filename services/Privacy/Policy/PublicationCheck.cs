using System.Text;
using EPerfect.Privacy.Documents;
using EPerfect.ServiceDefaults;
using Marten;

namespace EPerfect.Privacy.Policy;

/// <summary>What stands in the way of a publication, and what may be published in Development only.</summary>
internal sealed record Judgement(Refusal? Refusal, IReadOnlyList<string> Warnings)
{
    public static readonly Judgement Fine = new(null, []);
}

/// <summary>
/// A privacy policy is published if each of its sentences has a check that does not fail. What is not held yet for
/// another reason may be published in Development, and is named.
/// </summary>
internal sealed partial class PublicationCheck(
    Wording wording, Controls controls, IDocumentStore store, IHostEnvironment environment, ILogger<PublicationCheck> logger)
{
    public async Task<Judgement> JudgeAsync(DocumentText text, CancellationToken cancellationToken)
    {
        if (text.Kind != DocumentKind.PrivacyPolicy) return Judgement.Fine;
        await using var session = store.LightweightSession();
        var runs = await session.Events.FetchLatest<CheckRuns>(CheckRuns.StreamId, cancellationToken);
        var coverage = Coverage.Of(Encoding.UTF8.GetString(text.Content), wording, controls, runs);
        var judgement = Judge(coverage, environment.IsDevelopment());
        if (judgement.Warnings.Count > 0) LogNotHeld(text.Version, string.Join(", ", judgement.Warnings));
        return judgement;
    }

    internal static Judgement Judge(CoverageView coverage, bool isDevelopment)
    {
        var broken = Names(coverage, SentenceState.Unbound, SentenceState.Failing);
        if (broken.Count > 0) return new(Unbound(broken), []);
        var notHeld = Names(coverage, SentenceState.Open, SentenceState.Contradicted, SentenceState.Unproven);
        return notHeld.Count == 0 || isDevelopment ? new(null, notHeld) : new(NotHeld(notHeld), []);
    }

    private static List<string> Names(CoverageView coverage, params SentenceState[] states) =>
    [
        .. from sentence in coverage.Sentences
           where states.Contains(sentence.State)
           select $"{sentence.Id} ({sentence.State.ToString().ToLowerInvariant()})",
    ];

    private static Refusal Unbound(IEnumerable<string> names) => new(
        422,
        "policy-sentence-unbound",
        $"Each sentence of the policy has a check that holds it and does not fail. Not these: {string.Join(", ", names)}.");

    private static Refusal NotHeld(IEnumerable<string> names) => new(
        422,
        "policy-sentence-open",
        $"Outside of Development each sentence of the policy is held. Not these: {string.Join(", ", names)}.");

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "Version {Version} of the privacy policy is published, for Development only, with sentences that are not held: {Names}")]
    private partial void LogNotHeld(int version, string names);
}
