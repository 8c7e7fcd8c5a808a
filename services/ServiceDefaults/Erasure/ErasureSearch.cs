using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The two searches of an erasure. Neither asks the application where it put something.</summary>
internal sealed class ErasureSearch(IHoldings holdings, Vault vault, StoreScan store, TimeProvider time)
{
    /// <summary>A run of a deadline ends before its lease.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(6);

    /// <summary>Before the keys are destroyed: the person's data in clear, wherever.</summary>
    public async Task<object> InClearAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var texts = await new ClearTexts(holdings, vault).OfAsync(state.AccountId, cancellationToken);
        var scan = await RunAsync([Needle.Texts("clear", texts)], texts.Count, state.Scan, cancellationToken);
        var now = time.GetUtcNow();
        return !scan.IsComplete ? new ErasureSearchPaused(scan, now)
            : scan.Found.Count > 0 ? Stopped(state, scan.Found, now)
            : new ErasureSearched(texts.Count, scan.Tables, scan.Columns, now);
    }

    /// <summary>After: what is left of the person must be envelopes that no key opens, or that are held back.</summary>
    public async Task<object> EnvelopesAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var (destroyed, subjects) = (state.Destroyed!, state.Subjects!);
        Needle[] needles = [.. Enum.GetValues<DataGroup>().Select(group => Needle.Envelopes(group, subjects))];
        var scan = await RunAsync(needles, subjects.Count, state.Scan, cancellationToken);
        var now = time.GetUtcNow();
        if (!scan.IsComplete) return new ErasureSearchPaused(scan, now);

        var gone = await GoneAsync(subjects, cancellationToken);
        var held = destroyed.HeldBack.Select(one => one.Group).ToHashSet();
        FoundPlace[] unexpected = [.. scan.Found.Where(place => !gone.Contains(place.Label) && !held.Contains(place.Label))];
        if (unexpected.Length > 0) return Stopped(state, unexpected, now);
        long Rows(bool unreadable) =>
            scan.Found.Where(place => gone.Contains(place.Label) == unreadable).Sum(place => place.Rows);
        return new PersonalDataShredded(
            state.ErasureId,
            state.AccountId,
            destroyed.Groups,
            destroyed.HeldBack,
            destroyed.Removed,
            new SearchResult(
                scan.Tables, scan.Columns, state.Searched!.Texts, Plaintext: 0, Rows(true), Rows(false), destroyed.SearchedAgain),
            now);
    }

    /// <summary>The same texts once more, if there is time for it.</summary>
    public async Task<ScanState> AgainAsync(IReadOnlyCollection<string> texts, CancellationToken cancellationToken) =>
        await RunAsync([Needle.Texts("clear", texts)], texts.Count, ScanState.Begin, cancellationToken);

    private Task<ScanState> RunAsync(
        IReadOnlyList<Needle> needles, int count, ScanState from, CancellationToken cancellationToken) =>
        store.RunAsync(count == 0 ? [] : needles, from, MostTime, cancellationToken);

    internal static ErasureStopped Stopped(
        PersonErasure state, IReadOnlyList<FoundPlace> places, DateTimeOffset now) =>
        new(state.ErasureId, state.AccountId, places, ErasePerson.RetryAt(now), now);

    private async Task<HashSet<string>> GoneAsync(IReadOnlyList<Guid> subjects, CancellationToken cancellationToken)
    {
        var standing = new List<GroupState>();
        foreach (var subject in subjects) standing.AddRange(await vault.StateAsync(subject, cancellationToken));
        return standing.GroupBy(state => state.Group)
            .Where(group => group.All(state => state.Keys is KeyStanding.Shredded or KeyStanding.None))
            .Select(group => group.Key.ToString().ToLowerInvariant())
            .ToHashSet(StringComparer.Ordinal);
    }
}
