using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;

namespace EPerfect.ServiceDefaults.Tests;

public sealed class HttpTests(PostgresServer postgres)
{
    [Fact]
    public async Task Given_one_key_When_a_hundred_ask_at_once_Then_one_is_created_and_all_get_the_same_answer()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" }, "one-key");
            return (answer.StatusCode, answer.Headers.Location, answer.Headers.ETag, await answer.Content.ReadAsStringAsync());
        }));

        answers.Distinct().ShouldHaveSingleItem().StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT")]
    public async Task Given_the_nil_uuid_Then_it_names_nothing(string method)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/tallies/{Guid.Empty}");
        if (method == "PUT") request.Content = JsonContent.Create(new { by = 1 });
        var answer = await service.Client.SendAsync(request);

        (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.NotFound, "not-found"));
    }

    [Fact]
    public async Task Given_a_key_of_two_instances_When_both_are_asked_at_once_Then_one_is_created()
    {
        await using var first = await TestService.StartAsync(Sender.Define(), postgres);
        await using var second = await TestService.StartAsync(Sender.Define(), postgres, database: first.Database);

        var bodies = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            var client = i % 2 == 0 ? first.Client : second.Client;
            var answer = await client.PostWithKeyAsync("/api/tallies", new { name = "t" }, "one-key");
            return await answer.Content.ReadAsStringAsync();
        }));

        bodies.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Given_a_used_key_When_the_body_differs_Then_422()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        await service.Client.PostWithKeyAsync("/api/tallies", new { name = "a" }, "k");

        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "b" }, "k");

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await answer.ProblemCodeAsync()).ShouldBe("idempotency-key-reused");
    }

    [Fact]
    public async Task Given_a_refused_request_When_it_is_mended_and_sent_under_the_same_key_Then_it_is_accepted()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var refused = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "" }, "k");
        (await refused.ProblemCodeAsync()).ShouldBe("name-empty");

        var answer = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "b" }, "k");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Given_a_resource_Then_versions_guard_reading_and_changing()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        var created = await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" });
        var path = created.Headers.Location!.OriginalString;
        created.Headers.ETag!.Tag.ShouldBe("\"1\"");

        var changed = await service.Client.PutAsync(path, new { by = 2 }, "\"1\"");
        changed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        changed.Headers.ETag!.Tag.ShouldBe("\"2\"");

        var stale = await service.Client.PutAsync(path, new { by = 2 }, "\"1\"");
        stale.StatusCode.ShouldBe(HttpStatusCode.PreconditionFailed);
        (await stale.ProblemCodeAsync()).ShouldBe("stale-version");

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"2\""));
        (await service.Client.SendAsync(again)).StatusCode.ShouldBe(HttpStatusCode.NotModified);

        var full = await service.Client.PutAsync(path, new { by = 1000 });
        full.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await service.Client.GetAsync(path)).Headers.ETag!.Tag.ShouldBe("\"2\"");
    }

    [Theory, Control("S5/no-card-number", "M9")]
    [InlineData("{\"name\":\"t\",\"colour\":\"red\"}", 400, "unknown-field")]
    [InlineData("{\"name\":", 400, "malformed-request")]
    [InlineData("{}", 400, "malformed-request")]
    [InlineData("{\"name\":null}", 400, "malformed-request")]
    [InlineData("{\"name\":\"a\",\"name\":\"b\"}", 400, "malformed-request")]
    [InlineData("", 400, "malformed-request")]
    [InlineData("null", 400, "malformed-request")]
    [InlineData("{\"name\":\"t\",\"checkInSeconds\":[null]}", 400, "malformed-request")]
    [InlineData("{\"name\":\"t\\u0000\"}", 422, "text-invalid")]
    [InlineData("{\"name\":\"4111 1111 1111 1111\"}", 422, "card-number-refused")]
    [InlineData("{\"name\":\"4111 1111 1111 1111 12/28\"}", 422, "card-number-refused")]
    [InlineData("{\"name\":\"card 2 4111111111111111 123\"}", 422, "card-number-refused")]
    [InlineData("\uFEFF{\"name\":\"4111111111111111\"}", 422, "card-number-refused")]
    [InlineData("{\"name\":\"pay with 5555-5555-5555-4444 please\"}", 422, "card-number-refused")]
    [InlineData("{\"name\":\"t\",\"checkInSeconds\":378282246310005}", 422, "card-number-refused")]
    public async Task Given_a_body_that_breaks_a_rule_Then_a_problem_and_nothing_is_stored_or_logged(
        string body, int status, string code)
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        var answer = await SendAsync(service, body, "application/json");

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        // Whole numbers, however they are written: a part of one may as well be of a port or of an id.
        string[] cards = ["4111111111111111", "5555555555554444", "378282246310005"];
        service.Log.Lines.Select(line => line.Replace(" ", "").Replace("-", ""))
            .ShouldNotContain(line => cards.Any(card => line.Contains(card, StringComparison.Ordinal)));
        foreach (var sent in (string[])["1111 1111", "4111111111111111", "5555-5555", "378282246310005"])
        {
            (await DatabaseText.TablesWithAsync(service.Database.Admin, sent, TestContext.Current.CancellationToken))
                .ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Given_requests_of_the_wrong_form_Then_each_gets_its_problem()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);

        await Expect(await SendAsync(service, "name=t", "text/plain"), 415, "media-type-not-supported");
        await Expect(
            await SendAsync(service, $"{{\"name\":\"{new string('x', 70_000)}\"}}", "application/json"), 413, "body-too-large");
        await Expect(
            await service.Client.PostAsync("/api/tallies", Json("{\"name\":\"t\"}")), 400, "idempotency-key-missing");
        await Expect(
            await service.Client.PostWithKeyAsync("/api/tallies", new { name = "t" }, new string('k', 256)),
            400, "idempotency-key-missing");
        await Expect(await service.Client.GetAsync("/api/tallies/6d1f4c1e-0000-7000-8000-000000000000"), 404, "not-found");
        await Expect(await service.Client.GetAsync("/api/nowhere"), 404, "not-found");
        await Expect(await service.Client.DeleteAsync("/api/tallies"), 405, "method-not-allowed");
        await Expect(await service.Client.GetAsync("/api/tallies?limit=0"), 400, "limit-invalid");
        await Expect(await service.Client.GetAsync("/api/tallies?limit=x"), 400, "malformed-request");
        await Expect(await service.Client.GetAsync("/api/tallies?cursor=AAAA"), 400, "cursor-invalid");
    }

    [Fact]
    public async Task Given_line_breaks_in_what_is_sent_Then_nobody_writes_lines_of_his_own_into_the_log()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        const string forged = "\r\nCritical: forged";
        var encoded = Uri.EscapeDataString(forged);

        await service.Client.GetAsync($"/api/tallies/{encoded}");
        await service.Client.GetAsync($"/api/tallies?cursor={encoded}&{encoded}=1");
        await service.Client.PostWithKeyAsync("/api/tallies", new { name = forged + new string('x', 500) });
        await SendAsync(service, $"{{\"{encoded}\\r\\nforged\":1}}", "application/json");

        service.Log.Lines.ShouldNotContain(line => line.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_a_telephone_number_that_passes_for_a_card_Then_it_is_taken_in_its_own_field_only()
    {
        // +41 79 123 45 6 ... any 13 digits with a right check digit
        BodyRules.WhyNot(Encoding.UTF8.GetBytes("{\"phone\":\"+4222222222222\"}")).ShouldBeNull();
        BodyRules.WhyNot(Encoding.UTF8.GetBytes("{\"name\":\"4222222222222\"}"))!.Code.ShouldBe("card-number-refused");
        BodyRules.WhyNot(Encoding.UTF8.GetBytes("{\"phone\":\"4222222222222\"}"))!.Code.ShouldBe("card-number-refused");
        await Task.CompletedTask;
    }

    [Theory, Control("S5/no-card-number", "M9")]
    [InlineData("4111 1111 1111 1111 12/27")]
    [InlineData("4111111111111111 1227")]
    [InlineData("flat 2 4111-1111-1111-1111")]
    [InlineData("12 4111111111111111 34")]
    [InlineData("4111.1111.1111.1111.5")]
    public void Given_a_card_beside_other_numbers_Then_it_is_found(string text) => CardNumbers.Contains(text).ShouldBeTrue();

    [Theory]
    [InlineData("4111 1111 1111 1112 12/27")]
    [InlineData("41111111111111111111111111")]
    [InlineData("12 34 56 78 90 12")]
    public void Given_numbers_without_a_card_Then_none_is_found(string text) => CardNumbers.Contains(text).ShouldBeFalse();

    [Fact, Control("S5/no-card-number", "M9")]
    public async Task Given_a_card_behind_a_byte_order_mark_or_in_another_encoding_Then_it_is_not_taken()
    {
        await using var service = await TestService.StartAsync(Sender.Define(), postgres);
        const string card = "{\"name\":\"4111111111111111\"}";

        await Expect(await SendAsync(service, "\ufeff" + card, "application/json"), 422, "card-number-refused");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tallies");
        request.Content = new StringContent(card, Encoding.Unicode, "application/json");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        await Expect(await service.Client.SendAsync(request), 415, "media-type-not-supported");
    }

    private static Task<HttpResponseMessage> SendAsync(TestService service, string body, string type)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/tallies");
        request.Content = new StringContent(body, Encoding.UTF8, type);
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return service.Client.SendAsync(request);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static async Task Expect(HttpResponseMessage answer, int status, string code)
    {
        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.ProblemCodeAsync()).ShouldBe(code);
    }
}
