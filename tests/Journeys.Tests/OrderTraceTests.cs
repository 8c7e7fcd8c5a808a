using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>One order is one trace, from the browser's request to what a partner is told.</summary>
public sealed partial class OrderTraceTests(TracedOrder traced) : IClassFixture<TracedOrder>
{
    private const string Nobody = "0000000000000000";

    private static readonly (string Service, string Name)[] Way =
    [
        ("gateway", "POST /api/orders/{**rest}"),
        ("gateway", "POST"),
        ("orders", "POST /api/orders/"),
        ("orders", "publish orders.order-placed.v1"),
        ("orders", "send orders.order-placed.v1"),
        ("orders", "deadline authorise-payment"),
        ("orders", "deadline capture-payment"),
        ("orders", "deadline provision-hosting"),
        ("orders", "publish orders.domain-registration-requested.v1"),
        ("domains", "receive domains.domain-registration-requested"),
        ("domains", "process domains.domain-registration-requested"),
        ("domains", "deadline register-at-registry"),
        ("domains", "publish domains.domain-registered.v1"),
        ("orders", "process orders.domain-registered"),
        ("orders", "publish orders.order-activated.v1"),
        ("privacy", "process privacy.feed-order-placed"),
        ("privacy", "process privacy.feed-domain-registered"),
        ("privacy", "process privacy.feed-order-activated"),
        ("privacy", "send partner.webhook"),
        ("privacy", "send partner.amqp"),
        ("privacy", "send partner.pull"),
    ];

    [Fact]
    public async Task One_trace_leads_from_the_browsers_request_to_each_way_of_the_partner_and_no_parent_is_missing()
    {
        var spans = await WholeAsync();

        spans.Where(span => span.ParentId == Nobody).ShouldHaveSingleItem().Name.ShouldBe("POST /api/orders/{**rest}");
        // What ends last is written last.
        await Until.TrueAsync(() => Task.FromResult(Orphans(traced.OfTheOrder).Length == 0), "every parent is written");
    }

    [Fact]
    public async Task What_a_partner_pulled_is_linked_with_the_request_by_which_it_did()
    {
        var pulled = (await WholeAsync()).Where(span => span.Name == "send partner.pull").ToArray();

        await Until.TrueAsync(
            () => Task.FromResult(pulled.All(span => Requests().Contains(span.Links.ShouldHaveSingleItem()))),
            "the request is written too");

        HashSet<string> Requests() =>
        [
            .. from span in traced.All
               where span is { Service: "privacy", Name: "GET /api/partners/feed" }
               select $"{span.TraceId}-{span.SpanId}",
        ];
    }

    [Fact]
    public async Task Spans_say_which_order_account_domain_and_partner_they_are_about()
    {
        var spans = await WholeAsync();

        foreach (var (service, name) in Way.Where(IsOurs))
        {
            var tags = spans.First(span => span.Service == service && span.Name == name).Tags;
            tags.GetValueOrDefault("eperfect.order.id").ShouldBe($"{traced.Order:D}", $"{service} {name}");
        }

        var registered = spans.First(span => span.Name == "deadline register-at-registry").Tags;
        Guid.TryParse(registered["eperfect.domain.id"], out _).ShouldBeTrue();

        string[] ofTheAccount = ["POST /api/orders/", "publish orders.order-placed.v1", "process orders.domain-registered"];
        foreach (var name in ofTheAccount)
            spans.First(span => span.Name == name).Tags["eperfect.account.id"].ShouldBe($"{traced.Customer.AccountId:D}");
        foreach (var way in (string[])["webhook", "amqp", "pull"])
        {
            var tags = spans.First(span => span.Name == $"send partner.{way}").Tags;
            tags["eperfect.account.id"].ShouldBe($"{traced.Customer.AccountId:D}");
            Guid.TryParse(tags["eperfect.partner.id"], out _).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Nothing_of_the_person_and_not_the_name_that_was_ordered_is_in_any_span_of_any_trace()
    {
        await WholeAsync();

        var text = string.Concat(Directory.GetFiles(traced.Running.TraceFolder, "*.jsonl").Select(Read));
        text.ShouldContain($"{traced.Order:D}");
        foreach (var told in (string[])[.. traced.Customer.Canaries, traced.Customer.Domain, "tok_ok", "Browser/1"])
            text.Contains(told, StringComparison.OrdinalIgnoreCase).ShouldBeFalse(told);
    }

    [Fact]
    public async Task Every_span_is_named_as_the_semantic_conventions_have_it_and_by_one_of_few_names()
    {
        await WholeAsync();

        var spans = traced.All;
        spans.Count.ShouldBeGreaterThan(100);
        foreach (var (kind, name) in spans.Select(span => (span.Kind, span.Name)).Distinct())
        {
            (kind switch
            {
                "Server" => OfServer(),
                "Client" => OfClient(),
                "Producer" or "Consumer" => OfMessage(),
                _ => OfWork(),
            }).IsMatch(name).ShouldBeTrue($"{kind} {name}");
            Varies().IsMatch(name).ShouldBeFalse(name);
            name.ShouldNotContain(traced.Customer.Domain);
        }

        foreach (var span in spans.Where(span => span.Kind is "Producer" or "Consumer"))
        {
            span.Name.ShouldBe($"{span.Tags["messaging.operation.name"]} {span.Tags["messaging.destination.name"]}");
            span.Tags["messaging.operation.type"].ShouldBeOneOf("send", "receive", "process");
            span.Tags["messaging.system"].ShouldBeOneOf("rabbitmq", "http");
        }
    }

    /// <summary>Not the gateway's, which reads no body, nor those of who carries a message and does not look into it.</summary>
    private static bool IsOurs((string Service, string Name) span) =>
        span.Service != "gateway"
        && !span.Name.StartsWith("receive ", StringComparison.Ordinal)
        && !span.Name.StartsWith("send orders.", StringComparison.Ordinal);

    private static Span[] Orphans(IReadOnlyList<Span> spans)
    {
        var known = spans.Select(span => span.SpanId).Append(Nobody).ToHashSet(StringComparer.Ordinal);
        return [.. spans.Where(span => !known.Contains(span.ParentId))];
    }

    private static string Read(string file)
    {
        using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }

    private async Task<IReadOnlyList<Span>> WholeAsync()
    {
        (string, string)[] missing = [];
        try
        {
            await Until.TrueAsync(
                () =>
                {
                    missing = [.. Way.Except(traced.OfTheOrder.Select(span => (span.Service, span.Name)))];
                    return Task.FromResult(missing.Length == 0);
                },
                "the whole trace is written");
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} Missing: {string.Join(", ", missing)}", late);
        }

        return traced.OfTheOrder;
    }

    [GeneratedRegex(@"^(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS)( \S+)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfServer();

    [GeneratedRegex(@"^(GET|HEAD|POST|PUT|PATCH|DELETE)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfClient();

    [GeneratedRegex(@"^(publish|send|receive|process) [a-z0-9.-]+$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfMessage();

    [GeneratedRegex(@"^(deadline [a-z-]+|resume)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OfWork();

    /// <summary>An id, or a part that is a number.</summary>
    [GeneratedRegex(@"[0-9a-fA-F]{8}-?[0-9a-fA-F]{4}|[/ .][0-9]+([/ .]|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Varies();
}
