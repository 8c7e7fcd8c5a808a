using System.Text.Json;
using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>Who the synthetic person is: encrypted to the partner's key as a customer's values are. They are nobody's, so they
/// need no seal of ours. A partner without a key is not told.</summary>
internal static class SyntheticCustomer
{
    private static readonly string[] Street = ["1 Sandbox Street"];

    /// <summary>Another with each correction.</summary>
    public static string NameAfter(FeedEntryRecorded? corrected) =>
        corrected is null ? "Alex Example" : $"Alex Example-{corrected.EntryId.ToString("N")[^4..]}";

    /// <summary>What Accounts tells.</summary>
    /// <param name="story">Of whom, to whom.</param>
    /// <param name="name">The full name.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<FeedEntryRecorded> OfAccount(SandboxStory story, string name, DateTimeOffset at) => Shared(
        story,
        "accounts",
        at,
        (CustomerMembers.Name, name),
        (CustomerMembers.Email, $"{story.Person:N}@sandbox.example"));

    /// <summary>What Domains tells. The number is one of those that are kept for fiction.</summary>
    public static IEnumerable<FeedEntryRecorded> OfRegistrant(SandboxStory story, DateTimeOffset at) => Shared(
        story,
        "domains",
        at,
        (CustomerMembers.Phone, "+12025550143"),
        (CustomerMembers.Address, new
        {
            Street,
            City = "Exampleville",
            Country = "US",
            PostalCode = "00000",
        }));

    private static IEnumerable<FeedEntryRecorded> Shared(
        SandboxStory story, string service, DateTimeOffset at, params (string Member, object Value)[] values)
    {
        if (story.Partner.Key?.ToEncrypt() is not { } key) yield break;
        var entry = (story with { Cause = $"{story.Cause} {service}" }).Entry(new CustomerSharedData(null, null, null, null), at);
        yield return entry with
        {
            Data = JsonSerializer.SerializeToElement(
                values.ToDictionary(one => one.Member, one => new EncryptedValue(PartnerCipher.Encrypt(one.Value, key))),
                JsonSerializerOptions.Web),
        };
    }
}
