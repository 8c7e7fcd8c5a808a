using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The three searches of an erasure. None asks the application where it put something.</summary>
internal sealed class ErasureSearch(
    IHoldings holdings, Vault vault, StoreScan store, RotationPeriod rotates, TimeProvider time)
{
    /// <summary>The label of what is found in clear; of sealed data it is the group.</summary>
    public const string InClear = "clear";

    /// <summary>A run of a deadline ends before its lease.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(6);

    /// <summary>Before the keys are destroyed: the person's data in clear, wherever.</summary>
    public async Task<object> InClearAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var texts = await new ClearTexts(holdings, vault).OfAsync(state.AccountId, cancellationToken);
        var scan = await RunAsync([Needle.Texts(InClear, texts)], texts.Count, state.Scan, cancellationToken);
        var now = time.GetUtcNow();
        return !scan.IsComplete ? new ErasureSearchPaused(scan, now)
            : InTheWay(state, scan) is { Count: > 0 } found ? Stopped(state, found, now)
            : new ErasureSearched(
                texts.Count, scan.Tables, scan.Columns, now, await KeptAsync(texts, cancellationToken));
    }

    /// <summary>After: the same once more. What was written meanwhile, or copied by the deletion itself, is found too.</summary>
    public async Task<object> AgainAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var kept = state.IsSearched ? state.Searched!.LookedFor : null;
        var texts = kept is not null && await vault.OpenAsync(kept, cancellationToken)
            is Opened<LookedFor>.Clear(var value) ? value.Texts : [];
        // Of what was held back there may be nothing that could be looked for: what was proven before stays proven.
        var isNothing = state is { IsSearched: true, Searched.Texts: 0, Proven.Search.SearchedAgain: true };
        var scan = await RunAsync([Needle.Texts(InClear, texts)], texts.Count, state.Scan, cancellationToken);
        var now = time.GetUtcNow();
        return !scan.IsComplete ? new ErasureSearchPaused(scan, now)
            : InTheWay(state, scan) is { Count: > 0 } found ? Stopped(state, found, now)
            : new ErasureSearchedAgain(texts.Count > 0 || isNothing, now);
    }

    /// <summary>After: what is left of the person must be envelopes that no key opens, or that are held back.</summary>
    public async Task<object> EnvelopesAsync(PersonErasure state, CancellationToken cancellationToken)
    {
        var destroyed = state.Destroyed!;
        var subjects = state.AllSubjects;
        // What was looked for is not needed any more.
        if (state.Searched!.LookedFor is { } kept)
            await vault.ShredAsync(kept.Subject, kept.Group, state.ErasureId, cancellationToken);
        Needle[] needles = [.. Enum.GetValues<DataGroup>().Select(group => Needle.Envelopes(group, subjects))];
        var scan = await RunAsync(needles, subjects.Count, state.Scan, cancellationToken);
        var now = time.GetUtcNow();
        if (!scan.IsComplete) return new ErasureSearchPaused(scan, now);

        var standing = await state.StandingAsync(vault, cancellationToken);
        var gone = Gone(standing);
        var copies = KeyCopies.Of(standing, rotates);
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
                scan.Tables, scan.Columns, Texts(state), Plaintext: 0, Rows(true), Rows(false),
                state.SearchedAgain!.Searched),
            now,
            copies.AreUnreadable,
            copies.From,
            state.Accepted is [] ? null : state.Accepted);
    }

    /// <summary>What was held back was looked for with all the rest the first time.</summary>
    private static int Texts(PersonErasure state) => Math.Max(state.Searched!.Texts, state.Proven?.Search.Texts ?? 0);

    private static List<FoundPlace> InTheWay(PersonErasure state, ScanState scan) =>
        [.. scan.Found.Where(found => !state.Accepted.Any(place => place.Is(found)))];

    /// <summary>Of nobody: the person's own keys are about to go.</summary>
    private async Task<Sealed<LookedFor>?> KeptAsync(
        IReadOnlyCollection<string> texts, CancellationToken cancellationToken) => texts.Count == 0
            ? null
            : await vault.SealAsync(Guid.CreateVersion7(), new LookedFor([.. texts]), cancellationToken);

    private Task<ScanState> RunAsync(
        IReadOnlyList<Needle> needles, int count, ScanState from, CancellationToken cancellationToken) =>
        store.RunAsync(count == 0 ? [] : needles, from, MostTime, cancellationToken);

    private static ErasureStopped Stopped(
        PersonErasure state, IReadOnlyList<FoundPlace> places, DateTimeOffset now) =>
        new(state.ErasureId, state.AccountId, places, ErasePerson.RetryAt(now), now);

    private static HashSet<string> Gone(IReadOnlyList<GroupState> standing) =>
        standing.GroupBy(state => state.Group)
            .Where(group => group.All(state => state.Keys is KeyStanding.Shredded or KeyStanding.None))
            .Select(group => group.Key.ToString().ToLowerInvariant())
            .ToHashSet(StringComparer.Ordinal);
}
