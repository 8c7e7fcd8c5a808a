using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>
/// Who takes the feed is not ours: programs of the guide, on amqplib, cloudevents, standardwebhooks, pika, RabbitMQ.Client, plain
/// HTTP, started as the guide says, by partners that the launcher's command let in.
/// </summary>
public sealed class PartnerSamplesTests(PartnerPlatform platform) : IClassFixture<PartnerPlatform>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory, Control("S11")]
    [InlineData("node")]
    [InlineData("python")]
    [InlineData("csharp")]
    public async Task Each_way_gives_a_program_the_same_events_in_the_same_order(string language)
    {
        if (language == "node") await NodeProgram.InstallAsync(SampleProgram.FolderOf(language));
        var (partner, port) = (platform.PartnerOf(language), FreePort());
        using var pull = SampleProgram.Start(language, "pull", partner);
        using var queue = SampleProgram.Start(language, "queue", partner);
        using var webhook = SampleProgram.Start(language, "webhook", partner, port);
        SampleProgram[] programs = [pull, queue, webhook];
        var events = await partner.PullAsync();
        events.Count.ShouldBe(6, "a test event, and what happened to a synthetic person");
        await AllPrintAsync();

        // While they run, somebody comes; withdraws; and somebody else posts what is not signed.
        var person = await partner.MakePersonAsync();
        events = await partner.PullAsync();
        events.Count.ShouldBe(11);
        await AllPrintAsync();
        await partner.WithdrawAsync(person);
        var last = (await partner.PullAsync())[^1];
        ((string)last["type"]!).ShouldBe("com.eperfect.customer.sharing-withdrawn.v1");
        events = [.. events, last];
        await ForgeAsync(port, last);
        await AllPrintAsync();

        async Task AllPrintAsync()
        {
            foreach (var program in programs) await program.PrintsAsync(events);
        }
    }

    [Fact]
    public async Task The_official_parser_takes_the_document_and_what_comes_is_what_the_schemas_allow()
    {
        var partner = platform.PartnerOf(PartnerPlatform.Another);
        var events = await partner.PullAsync();
        using var documents = await NodeProgram.StartAsync("partner-documents", [], [partner.Home.ToString()]);

        var parsed = await documents.StepAsync("parsed");
        parsed["errors"]!.AsArray().ShouldBeEmpty();
        ((string)parsed["version"]!).ShouldBe("3.0.0");
        var described = parsed["messages"]!.AsArray().Select(one => (string)one!).ToArray();
        events.Count.ShouldBe(6);
        foreach (var e in events)
        {
            described.ShouldContain((string)e["type"]!);
            await documents.TellAsync(e.ToJsonString());
            (await documents.StepAsync("allowed"))["type"]!.ToString().ShouldBe(e["type"]!.ToString());
        }

        var wrong = events[^1].DeepClone();
        wrong["data"]!["orderId"] = "not an id";
        await documents.TellAsync(wrong.ToJsonString());
        await documents.StepAsync("refused");
        wrong = events[^1].DeepClone();
        wrong["data"]!["undescribed"] = "";
        await documents.TellAsync(wrong.ToJsonString());
        await documents.StepAsync("refused");
    }

    /// <summary>Well-formed, fresh, and signed by nobody who knows the secret.</summary>
    private static async Task ForgeAsync(int port, JsonObject e)
    {
        using var stranger = new HttpClient();
        using var content = new StringContent(e.ToJsonString());
        content.Headers.Add("webhook-id", $"{Guid.NewGuid()}");
        content.Headers.Add("webhook-timestamp", $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}");
        content.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(new byte[32])}");
        var answer = await stranger.PostAsync(SampleProgram.Address(port), content, Token);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
