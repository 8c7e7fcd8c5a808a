using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Domains.Contacts;
using EPerfect.Domains.Registration;
using EPerfect.Domains.Tests.Slices;
using EPerfect.PersonalData;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Stored;

/// <summary>
/// What was stored once stays readable for ever. Each event has an approved sample in Samples/; a difference fails and
/// leaves a <c>*.received.json</c> beside it. An event that changes its form keeps the old sample under another name
/// (<c>domain_registered.1.json</c>), which must still be read.
/// </summary>
[Collection<DomainsCollection>]
public sealed class StoredEvents(DomainsService domains)
{
    private const string Envelope =
        "p1.contact.1.0195a0000000700080000000000000aa.AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLQ";

    private static readonly string Samples = SamplesFolder();
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Sealed<Registrant> Person = Sealed.Parse<Registrant>(Envelope);

    private static readonly object[] Examples =
    [
        new ContactRegistered(Some.Contact, Some.Account, Person, "GB", Some.Now),
        new ContactCorrected(Person, "FR", Some.Now),
        Some.Started(),
        Some.Queued(2),
        new RegistrationAttemptFailed(Some.Item(1), 3, "registry-timeout", Some.Now.AddSeconds(4), Some.Now),
        Some.Registered(),
        Some.Failed(1, "domain-taken"),
        new NameserverChangeStarted(Some.Item(7), Some.OurNameservers, Some.Now),
        new NameserverChangeAttemptFailed(Some.Item(7), 1, "registry-unavailable", Some.Now.AddSeconds(1), Some.Now),
        new NameserversChanged(Some.Item(7), Some.OurNameservers, Some.Now),
        new NameserverChangeRefused(Some.Item(7), "registry-refused", Some.Now),
    ];

    private IDocumentStore Store => domains.Service.Services.GetRequiredService<IDocumentStore>();

    private Dictionary<Type, string> Names => Store.Options.Events.AllKnownEventTypes()
        .Where(known => known.EventType.Assembly == typeof(DomainsModule).Assembly)
        .ToDictionary(known => known.EventType, known => known.EventTypeName);

    [Fact]
    public void Every_event_has_a_name_of_its_own_and_an_example()
    {
        Examples.Select(e => e.GetType()).ShouldBe(Names.Keys, ignoreOrder: true);
        Names.Values.ShouldBeUnique();
    }

    [Fact]
    public void Every_event_is_written_as_approved() =>
        Examples.Where(e => !IsApproved(Names[e.GetType()], Written(e)))
            .Select(e => Names[e.GetType()])
            .ShouldBeEmpty();

    [Fact]
    public void Every_sample_ever_approved_is_read_to_what_its_event_means_today()
    {
        var examples = Examples.ToDictionary(e => Names[e.GetType()]);
        var files = Directory.GetFiles(Samples, "*.json")
            .Where(file => !file.EndsWith(".received.json", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var example = examples[Path.GetFileName(file).Split('.')[0]];
            using var stream = File.OpenRead(file);
            Written(Store.Options.Serializer().FromJson(example.GetType(), stream)!).ShouldBe(Written(example), file);
        }
    }

    private string Written(object e) =>
        JsonNode.Parse(Store.Options.Serializer().ToJson(e))!.ToJsonString(Indented) + "\n";

    private static bool IsApproved(string name, string json)
    {
        var approved = Path.Combine(Samples, $"{name}.json");
        var received = Path.Combine(Samples, $"{name}.received.json");
        File.Delete(received);
        if (File.Exists(approved) && File.ReadAllText(approved) == json) return true;
        File.WriteAllText(received, json);
        return false;
    }

    // In the sources, where what was received can be compared and approved.
    private static string SamplesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "platform.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "tests", "Domains.Tests", "Samples");
    }
}
