using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Orders.Catalog;
using EPerfect.Orders.Customers;
using EPerfect.Orders.Ordering;
using EPerfect.Orders.Payment;
using EPerfect.Orders.Tests.Slices;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Stored;

/// <summary>What is stored stays readable for ever. Each event has an approved sample, as the store writes it, in
/// Samples/; a difference fails and leaves a <c>*.received.json</c> beside it, to be looked at and, if it is meant,
/// renamed. An event that changes its shape keeps the old sample under another name (<c>order_placed.1.json</c>), and
/// must still read it.</summary>
[Collection(RunningOrders.Name)]
public sealed class StoredEvents(OrdersService orders)
{
    private static readonly string Samples = SamplesFolder();
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly object[] Examples =
    [
        new CataloguePublished(1, "00ff", Small, Some.Now),
        new CustomerOpened(Some.AccountId, "customer", Some.Now),
        new CustomerClosed(Some.AccountId, Some.Now),
        new OrdersWoken(Some.Now),
        Some.Placed(Some.HostingLine, Some.DomainLine),
        new PaymentDeferred("account-unknown", Some.Now.AddSeconds(1), Some.Now),
        new PaymentResumed(Some.Now),
        new PaymentAttemptFailed(PaymentStep.Capture, 1, "timeout", Some.Now.AddSeconds(1), Some.Now),
        new PaymentAuthorised("authorisation_1", 87.36m, Some.Now),
        new PaymentDeclined(PaymentStep.Authorise, "card-declined", Some.Now),
        new PaymentCaptureStarted(Some.Now),
        new OrderPaid(Some.AccountId, "capture_1", 87.36m, "USD", Some.Now),
        new DomainRegistrationRequested(Some.DomainItem, Some.AccountId, Some.DomainLine.Domain!, Some.Now),
        new HostingProvisioningRequested(Some.HostingItem, Some.Now),
        new ProvisioningAttemptFailed(Some.HostingItem, 2, "timeout", Some.Now.AddSeconds(1), Some.Now),
        new ItemDelivered(Some.HostingItem, "hosting_1", Some.Now),
        new ItemFailed(Some.DomainItem, "domain-taken", Some.Now),
        new RefundAttemptFailed(Some.DomainItem, 1, "timeout", Some.Now.AddSeconds(1), Some.Now),
        new ItemRefunded(Some.DomainItem, Some.AccountId, 23.90m, "USD", "domain-taken", "refund_1", Some.Now),
        new LateAnswerRecorded(Some.DomainItem, "registered", Some.Now),
        new OrderActivated(Some.AccountId, [Some.HostingItem], Some.Now),
        new OrderCancelled(Some.AccountId, "customer", Some.Now),
        new AuthorisationVoided(Some.Now),
    ];

    private IReadOnlyDictionary<Type, string> Names => Store.Options.Events
        .AllKnownEventTypes()
        .Where(e => e.EventType.Assembly == typeof(Order).Assembly)
        .ToDictionary(e => e.EventType, e => e.EventTypeName);

    private IDocumentStore Store => orders.Service.Services.GetRequiredService<IDocumentStore>();

    private ISerializer Serializer => Store.Options.Serializer();

    private static CatalogueContent Small => Some.File.Content with
    {
        Hosting = [Some.File.Content.Hosting[0] with { Periods = [Some.File.Content.Hosting[0].Periods[0]] }],
        Domains = [Some.File.Content.Domains[0]],
    };

    [Fact]
    public void Every_event_has_a_name_of_its_own_and_an_example() =>
        Examples.Select(e => e.GetType()).ShouldBe(Names.Keys, ignoreOrder: true);

    [Fact]
    public void Every_event_is_written_as_approved()
    {
        var differing = Examples.Where(e => !IsApproved(Names[e.GetType()], Pretty(Serializer.ToJson(e)))).ToList();
        differing.Select(e => Names[e.GetType()]).ShouldBeEmpty();
    }

    [Fact]
    public void Every_sample_ever_approved_is_read_and_written_again_without_loss()
    {
        var types = Names.ToDictionary(n => n.Value, n => n.Key, StringComparer.Ordinal);
        var files = Directory.GetFiles(Samples, "*.json")
            .Where(f => !f.EndsWith(".received.json", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var type = types[Path.GetFileName(file).Split('.')[0]];
            using var stream = File.OpenRead(file);
            var read = Serializer.FromJson(type, stream);
            Pretty(Serializer.ToJson(read)).ShouldBe(File.ReadAllText(file).TrimEnd(), file);
        }
    }

    private static bool IsApproved(string name, string json)
    {
        var approved = Path.Combine(Samples, $"{name}.json");
        var received = Path.Combine(Samples, $"{name}.received.json");
        if (File.Exists(approved) && File.ReadAllText(approved).TrimEnd() == json)
        {
            File.Delete(received);
            return true;
        }

        File.WriteAllText(received, json + "\n");
        return false;
    }

    private static string Pretty(string json) => JsonNode.Parse(json)!.ToJsonString(Indented);

    /// <summary>In the sources, so that what was received can be compared and approved there.</summary>
    private static string SamplesFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "platform.sln")))
            folder = folder.Parent;
        return Path.Combine(folder!.FullName, "tests", "Orders.Tests", "Samples");
    }
}
