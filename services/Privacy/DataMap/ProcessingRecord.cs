using System.Text.Json;
using EPerfect.Privacy.Decisions;
using EPerfect.Privacy.Documents;
using EPerfect.Privacy.Policy.Measures;
using EPerfect.Privacy.Policy.Reviews;

namespace EPerfect.Privacy.DataMap;

/// <summary>What no program can know of itself, and the record has to say (GDPR Art. 30(1)(a), (c) to (e)).</summary>
internal sealed record RecordTerms(
    string Controller, string Contact, string PrivacyOfficer, IReadOnlyDictionary<string, PurposeTerms> Purposes)
{
    public static RecordTerms Shipped() =>
        JsonSerializer.Deserialize<RecordTerms>(ShippedTexts.Resource("record.json"), JsonSerializerOptions.Web)!;
}

internal sealed record PurposeTerms(IReadOnlyList<string> Persons, IReadOnlyList<string> Recipients, string Transfers);

/// <summary>The record of processing activities.</summary>
internal sealed record ProcessingRecord(
    string Controller,
    string Contact,
    string PrivacyOfficer,
    int PolicyVersion,
    IReadOnlyList<Processing> Activities,
    IReadOnlyList<MeasureView> Measures,
    IReadOnlyList<string> NotHeardOf);

/// <summary>What is done for one purpose of the policy in force.</summary>
internal sealed record Processing(
    string Purpose,
    string Description,
    string Basis,
    IReadOnlyList<string> Persons,
    IReadOnlyList<string> Categories,
    IReadOnlyList<ProcessedData> Data,
    IReadOnlyList<string> Recipients,
    string Transfers,
    ReviewView? Review);

internal sealed record ProcessedData(
    string Service, string Alias, IReadOnlyList<string> Categories, string LegalBasis, string Retention);

/// <summary>Made of the policy's purposes and of what the running services declare; nothing in it is written twice.</summary>
internal static class MakeRecord
{
    public static ProcessingRecord Of(
        RecordTerms terms,
        int policyVersion,
        IReadOnlyList<PurposeDeclaration> purposes,
        DataMapView map,
        IReadOnlyList<MeasureView> measures,
        ReviewLog? reviews) => new(
            terms.Controller,
            terms.Contact,
            terms.PrivacyOfficer,
            policyVersion,
            [.. purposes.Select(purpose => Activity(terms, purpose, map, reviews))],
            measures,
            map.NotHeardOf);

    private static Processing Activity(RecordTerms terms, PurposeDeclaration purpose, DataMapView map, ReviewLog? reviews)
    {
        // A purpose that staff published has no terms of ours yet: that is shown, and not guessed.
        var known = terms.Purposes.GetValueOrDefault(purpose.Purpose)
            ?? new PurposeTerms(["not stated"], ["not stated"], "not stated");
        ProcessedData[] data =
        [
            .. from service in map.Services
               from kind in service.Declared.Data
                   .Where(one => IsFor(purpose, one.Group, one.Form, one.Category))
                   .GroupBy(one => one.Alias, StringComparer.Ordinal)
               let first = kind.First()
               select new ProcessedData(
                   service.Service,
                   kind.Key,
                   [.. kind.Select(one => one.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                   first.LegalBasis,
                   first.Retention),
        ];
        return new(
            purpose.Purpose,
            purpose.Description,
            purpose.Basis,
            known.Persons,
            [.. data.SelectMany(one => one.Categories).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            data,
            known.Recipients,
            known.Transfers,
            reviews?.Of(ReviewSubjects.OfPurpose(purpose.Purpose)));
    }

    /// <summary>By the categories that the purpose may use: the groups, and what we make ourselves.</summary>
    private static bool IsFor(PurposeDeclaration purpose, string group, string form, string category) =>
        purpose.Covers(group.ToLowerInvariant())
        || (form == "clear" && category is "AccountStatus" or "Services" && purpose.Covers(Categories.Account));
}
