using System.Text;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Tests.Slices;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>What every service stores of an export stays readable for ever.</summary>
public sealed class StoredExportEvents(PrivacyService privacy) : IClassFixture<PrivacyService>
{
    private static readonly ApprovedSamples Samples = new("tests/Privacy.Tests/Samples/Exports");
    private static readonly ExportKey Key = new("EC", "P-256", "AQ", "Ag");
    private static readonly Guid Id = Given.AccountId;

    private static readonly Dictionary<string, object> Events = new(StringComparer.Ordinal)
    {
        ["export_received"] = new ExportReceived(Id, Id, Id, ExportKinds.Access, Key, Given.Now),
        ["export_begun"] = new ExportBegun([Id], Id, Given.Now),
        ["export_told"] = new ExportTold(3, 17, "abc", IsLast: true, Given.Now),
        ["export_paused"] = new ExportPaused(Given.Now),
        ["export_begun_anew"] = new ExportBegunAnew(2, Given.Now),
        ["export_part_sealed"] = new ExportPartSealed(Id, Id, Id, 2, 3, IsLast: true, 17, Given.Now, "header..iv.text.tag"),
    };

    public static TheoryData<string> Names => [.. Events.Keys];

    private ISerializer Json => privacy.Get<IDocumentStore>().Options.Serializer();

    [Theory, MemberData(nameof(Names))]
    public void An_event_is_written_as_it_always_was_and_read_as_what_it_was(string name)
    {
        Samples.Matches(name, Json.ToJson(Events[name])).ShouldBeTrue();
        using var sample = new MemoryStream(Encoding.UTF8.GetBytes(Samples.Read(name)));
        Json.ToJson(Json.FromJson(Events[name].GetType(), sample)).ShouldBe(Json.ToJson(Events[name]));
    }
}
