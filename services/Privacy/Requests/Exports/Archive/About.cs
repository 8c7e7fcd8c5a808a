using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports.Archive;

/// <param name="What">What is not told.</param>
/// <param name="Why">Why.</param>
/// <param name="Count">How often; null where that is not counted.</param>
internal sealed record LeftOut(string What, string Why, int? Count);

/// <summary>What the archive is, and what is not in it.</summary>
internal sealed record About(
    Guid ExportId,
    string Kind,
    Guid AccountId,
    DateTimeOffset AskedAt,
    DateTimeOffset ReadyAt,
    IReadOnlyList<AnsweredService> Services,
    IReadOnlyList<LeftOut> LeftOut,
    IReadOnlyList<string> Rights)
{
    public static About Of(Export export, Counts counts) => new(
        export.Id,
        export.Granted.Kind,
        export.Granted.AccountId,
        export.Granted.GrantedAt,
        export.Ready!.ReadyAt,
        Manifest.AnswersOf(export),
        [.. NotTold(export, counts)],
        [
            "You may ask us to correct or erase this data, to restrict what we do with it, or object (GDPR Art. 16 to 18, 21).",
            "You may complain to a data protection authority (GDPR Art. 77).",
        ]);

    private static IEnumerable<LeftOut> NotTold(Export export, Counts counts)
    {
        if (export.Granted.Kind == ExportKinds.Portability)
        {
            yield return new LeftOut(
                "what was noted about you: sign-ins, openings, the state of the account, and what law makes us keep",
                "to be taken along is what you provided (GDPR Art. 20); ask for access to see all", Count: null);
        }
        else
        {
            yield return new LeftOut(
                "whom you invited, and who else belongs to the account", "it is about other people (GDPR Art. 15(4))",
                counts.AnotherPerson);
            yield return new LeftOut(
                "secrets, such as the keys of your exports", "who reads them could act as you", counts.Secret);
            yield return new LeftOut(
                "what was erased: it is listed, and cannot be read any more", "its key is destroyed", counts.Erased);
        }

        yield return new LeftOut(
            "passwords and one-time codes", "we keep nothing that they could be read from", Count: null);
        yield return counts.ByLawUntil is { } until
            ? new LeftOut("what law forbids to tell", $"it may be told after {until:yyyy-MM-dd HH:mm} UTC", counts.ByLaw)
            : new LeftOut("what law forbids to tell", "there is none of it in this export", Count: 0);
        if (export.Recipient is null)
        {
            yield return new LeftOut(
                "the login: its address, its sign-ins, the mails to it",
                "several people own the account, and it was not one of them who asked; sign in and ask for your own",
                Count: null);
        }
    }
}

/// <summary>What was not told, counted while the files are written.</summary>
internal sealed class Counts
{
    public int AnotherPerson { get; private set; }

    public int Secret { get; private set; }

    public int Erased { get; private set; }

    public int ByLaw { get; private set; }

    public DateTimeOffset? ByLawUntil { get; private set; }

    /// <summary>Takes down what law forbids to tell until a time; null if it does not.</summary>
    public void AddUntold(DateTimeOffset? until)
    {
        if (until is null) return;
        ByLaw++;
        ByLawUntil = ByLawUntil > until ? ByLawUntil : until;
    }

    public void Add(ToldHolding told)
    {
        if (told.Withheld == WithheldReasons.AnotherPerson) AnotherPerson++;
        foreach (var datum in told.Data)
        {
            if (datum.Reason == WithheldReasons.AnotherPerson) AnotherPerson++;
            if (datum.Reason == WithheldReasons.Secret) Secret++;
            if (datum.State == ToldDatum.Erased) Erased++;
        }
    }
}
