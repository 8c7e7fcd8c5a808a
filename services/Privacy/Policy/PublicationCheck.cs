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
    /// <param name="text">What is to be published.</param>
    /// <param name="before">The version before it, of which people know; null if there is none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Judgement> JudgeAsync(DocumentText text, byte[]? before, CancellationToken cancellationToken)
    {
        if (text.Kind != DocumentKind.PrivacyPolicy) return Judgement.Fine;
        if (WhyNotEditorial(text, before, wording) is { } refused) return new(refused, []);
        await using var session = store.LightweightSession();
        var runs = await session.Events.FetchLatest<CheckRuns>(CheckRuns.StreamId, cancellationToken);
        var coverage = Coverage.Of(Encoding.UTF8.GetString(text.Content), wording, controls, runs);
        var judgement = Judge(coverage, environment.IsDevelopment());
        if (judgement.Warnings.Count > 0) LogNotHeld(text.Version, string.Join(", ", judgement.Warnings));
        return judgement;
    }

    /// <summary>Who leaves out a sentence promises less: that is not the same in other words.</summary>
    internal static Refusal? WhyNotEditorial(DocumentText text, byte[]? before, Wording wording)
    {
        if (before is null || text.Materiality != Materiality.Editorial) return null;
        var lost = Ids(before, wording).Except(Ids(text.Content, wording), StringComparer.Ordinal).ToList();
        return lost.Count == 0 ? null : Lost(lost);
    }

    private static IEnumerable<string> Ids(byte[] content, Wording wording) =>
        wording.Split(Encoding.UTF8.GetString(content)).Select(sentence => sentence.Id).OfType<string>();

    internal static Judgement Judge(CoverageView coverage, bool isDevelopment)
    {
        if (coverage.Sentences.Count == 0) return new(Nothing, []);
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

    private static readonly Refusal Nothing = new(
        422, "policy-without-sentences", "A privacy policy promises something: none of its lines is a sentence.", "/text");

    private static Refusal Lost(IEnumerable<string> ids) => new(
        422,
        "materiality-too-low",
        $"Sentences of the version before are gone, so this one is at least material: {string.Join(", ", ids)}.",
        "/materiality");

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
