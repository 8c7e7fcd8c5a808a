using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>
/// Who takes the feed is not ours: programs of the guide, on amqplib, cloudevents, standardwebhooks, pika, RabbitMQ.Client, plain
/// HTTP, started as the guide says, by partners that the launcher's command let in.
/// </summary>
public sealed partial class PartnerSamplesTests(PartnerPlatform platform) : IClassFixture<PartnerPlatform>
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
        events.Count.ShouldBe(8, "a test event, and what happened to a synthetic person");
        await AllPrintAsync();

        // While they run, somebody comes; withdraws; and somebody else posts what is not signed.
        var person = await partner.MakePersonAsync();
        events = await partner.PullAsync();
        events.Count.ShouldBe(15);
        await AllPrintAsync();
        await partner.LetAsync(person, "withdrawal");
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

    [Theory]
    [InlineData("node")]
    [InlineData("python")]
    [InlineData("csharp")]
    public async Task A_program_that_is_told_to_come_later_comes_later_and_misses_nothing(string language)
    {
        var partner = platform.PartnerOf(language);
        SampleProgram pull;
        await using (await partner.TakeAllPlacesAsync())
        {
            var before = await RefusedAsync();
            pull = SampleProgram.Start(language, "pull", partner);
            await pull.UntilAsync(async () => await RefusedAsync() > before, "the program is told that too many wait");
        }

        using (pull) await pull.PrintsAsync(await partner.PullAsync());
    }

    [Fact, Control("S11")]
    public async Task A_program_decrypts_who_the_customer_is_and_does_and_acknowledges_what_it_owes()
    {
        await NodeProgram.InstallAsync(SampleProgram.FolderOf("node"));
        var partner = platform.PartnerOf(PartnerPlatform.OfCustomers);
        var person = await partner.MakePersonAsync();
        var programs = SampleProgram.Languages.Select(one => SampleProgram.Start(one, "customers", partner)).ToArray();
        try
        {
            var first = await KnownAsync(lines: 2);
            ((string)first["name"]!).ShouldBe("Alex Example");
            ((string)first["address"]!["city"]!).ShouldBe("Exampleville");
            first.Count.ShouldBe(4, "name, email, phone and address");
            await partner.LetAsync(person, "correction");
            var corrected = await KnownAsync(lines: 4);
            ((string)corrected["name"]!).ShouldStartWith("Alex Example-");
            ((string)corrected["phone"]!).ShouldBe((string)first["phone"]!, "what was right stays");
            await partner.LetAsync(person, "erasure");
            await KnownAsync(lines: 5);
            await Until.TrueAsync(async () => (await partner.OwedAsync()).Count == 0, "everything acknowledged");
        }
        finally
        {
            foreach (var program in programs) program.Dispose();
        }

        // What each of them knows then, which is the same.
        async Task<JsonObject> KnownAsync(int lines)
        {
            foreach (var program in programs) await program.UntilAsync(() => Of(program).Length >= lines, $"{lines} lines");
            var told = programs.Select(program => JsonNode.Parse(Of(program)[lines - 1][2])).ToArray();
            told.ShouldAllBe(one => JsonNode.DeepEquals(one, told[0]));
            return told[0]?.AsObject() ?? [];
        }

        string[][] Of(SampleProgram program) => [.. program.Customers.Where(words => words[1] == $"{person:D}")];
    }

    [Fact]
    public async Task The_official_parser_takes_the_document_and_what_comes_is_what_the_schemas_allow()
    {
        var partner = platform.PartnerOf(PartnerPlatform.Another);
        await PartnerNotices.NarrowAsync(platform.Running, partner);
        await PartnerNotices.GoneAsync(partner, FreePort());
        var events = await EverythingAsync(partner);
        using var documents = await NodeProgram.StartAsync("partner-documents", [], [partner.Home.ToString()]);

        var parsed = await documents.StepAsync("parsed");
        parsed["errors"]!.AsArray().ShouldBeEmpty();
        ((string)parsed["version"]!).ShouldBe("3.0.0");
        var described = parsed["messages"]!.AsArray().Select(one => (string)one!).ToArray();
        described.Distinct()
            .ShouldBe(events.Select(e => (string)e["type"]!).Distinct(), ignoreOrder: true, "each type that there is comes");
        foreach (var e in events)
        {
            await documents.TellAsync(e.ToJsonString());
            (await documents.StepAsync("allowed"))["type"]!.ToString().ShouldBe(e["type"]!.ToString());
        }

        var wrong = events.First(e => (string)e["type"]! == "com.eperfect.order.activated.v1").DeepClone();
        wrong["data"]!["orderId"] = "not an id";
        await documents.TellAsync(wrong.ToJsonString());
        await documents.StepAsync("refused");
        wrong = wrong.DeepClone();
        wrong["data"]!["orderId"] = $"{Guid.NewGuid()}";
        wrong["data"]!["undescribed"] = "";
        await documents.TellAsync(wrong.ToJsonString());
        await documents.StepAsync("refused");
    }

    [GeneratedRegex("""^eperfect_refusals_total\{[^}]*code="long-polls-too-many"[^}]*\} (?<count>\d+)""", RegexOptions.Multiline)]
    private static partial Regex Refused();

    private async Task<int> RefusedAsync()
    {
        using var http = new HttpClient();
        var told = await http.GetStringAsync(platform.Running.MetricsOf("privacy"), Token);
        return Refused().Matches(told).Sum(one => int.Parse(one.Groups["count"].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>All that may happen to customers, as it is told before and after; and what came before.</summary>
    private static async Task<IReadOnlyList<JsonObject>> EverythingAsync(PartnerClient partner)
    {
        var (person, erased) = (await partner.MakePersonAsync(), await partner.MakePersonAsync());
        foreach (var what in (string[])["failed-order", "correction", "closure"]) await partner.LetAsync(person, what);
        var before = await partner.PullAsync();
        await partner.LetAsync(person, "withdrawal");
        await partner.LetAsync(erased, "erasure");
        return [.. before, .. (await partner.PullAsync()).TakeLast(2)];
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
