using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Whatever is sent, the answer names the rule, nothing is changed, and what was sent is not logged.</summary>
public sealed class BadInput(AccountsService accounts) : IClassFixture<AccountsService>
{
    [Theory, Control("S5/no-card-number")]
    [InlineData("kind", "\"admin\"", 422, "account-kind-unknown")]
    [InlineData("kind", "1", 400, "malformed-request")]
    [InlineData("name", "null", 400, "malformed-request")]
    [InlineData("name", "\"\"", 422, "text-invalid")]
    [InlineData("name", "\"Ann \\u0000\"", 422, "text-invalid")]
    [InlineData("name", "\"Ann 4111 1111 1111 1111\"", 422, "card-number-refused")]
    [InlineData("email", "\"ann\"", 422, "email-invalid")]
    [InlineData("email", "\"ann@bob@canary.example\"", 422, "email-invalid")]
    [InlineData("phone", "\"555-0123\"", 422, "phone-not-e164")]
    [InlineData("phone", "\"4111111111111111\"", 422, "card-number-refused")]
    [InlineData("address", "null", 400, "malformed-request")]
    [InlineData("address", "{\"street\":[],\"city\":\"Tallinn\",\"country\":\"EE\"}", 422, "street-invalid")]
    [InlineData("address", "{\"street\":[null],\"city\":\"Tallinn\",\"country\":\"EE\"}", 400, "malformed-request")]
    [InlineData("address", "{\"street\":[\"a\"],\"city\":\"Tallinn\",\"country\":\"ZZ\"}", 422, "country-unknown")]
    [InlineData("address", "{\"street\":[\"a\"],\"city\":\"Tallinn\"}", 400, "malformed-request")]
    [InlineData("address", "{\"street\":[\"a\"],\"city\":\"b\",\"country\":\"EE\",\"moon\":1}", 400, "unknown-field")]
    [InlineData("acceptedPolicySet", "0", 422, "policy-set-unknown")]
    [InlineData("acceptedPolicySet", "-1", 422, "policy-set-unknown")]
    [InlineData("acceptedPolicySet", "\"1\"", 400, "malformed-request")]
    [InlineData("acceptedPolicySet", "1.5", 400, "malformed-request")]
    [InlineData("acceptedPolicySet", "99999999999", 400, "malformed-request")]
    [InlineData("cardNumber", "\"1\"", 400, "unknown-field")]
    public async Task Opening(string field, string value, int status, string code)
    {
        var body = AccountsService.Body();
        using var person = await accounts.Running.PersonAsync(body["email"]!.GetValue<string>());
        body[field] = JsonNode.Parse(value);
        await Expect(status, code, () => person.PostWithKeyAsync("/api/accounts", body));
    }

    [Theory]
    [InlineData("paymentMethodToken", "\"4000056655665556\"", 422, "card-number-refused")]
    [InlineData("paymentMethodToken", "\"no token\"", 422, "payment-token-invalid")]
    [InlineData("brand", "\"VISA!\"", 422, "brand-invalid")]
    [InlineData("lastFour", "\"42424\"", 422, "last-four-invalid")]
    [InlineData("lastFour", "4242", 400, "malformed-request")]
    [InlineData("expiry", "\"12/99\"", 422, "expiry-invalid")]
    [InlineData("expiry", "\"2001-01\"", 422, "payment-method-expired")]
    [InlineData("billingAddress", "{\"street\":[\"a\"],\"city\":\"b\",\"country\":\"EU\"}", 422, "country-unknown")]
    [InlineData("securityCode", "\"123\"", 400, "unknown-field")]
    [InlineData("number", "\"123\"", 400, "unknown-field")]
    public async Task Changing_billing_details(string field, string value, int status, string code)
    {
        var path = await accounts.OpenAsync();
        var body = AccountsService.Billing();
        body[field] = JsonNode.Parse(value);
        await Expect(status, code, () => accounts.Client.PutAsync($"{path}/billing", body));
    }

    [Theory]
    [InlineData("email", "\"ann@localhost\"", 422, "email-invalid")]
    [InlineData("phone", "\"+1\"", 422, "phone-not-e164")]
    [InlineData("kind", "\"reseller\"", 400, "unknown-field")]
    public async Task Changing_a_profile(string field, string value, int status, string code)
    {
        var path = await accounts.OpenAsync();
        var body = AccountsService.Profile();
        body[field] = JsonNode.Parse(value);
        await Expect(status, code, () => accounts.Client.PutAsync($"{path}/profile", body));
    }

    [Fact]
    public async Task A_stale_version()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        await accounts.Running.ChangeProfileAsync(path, AccountsService.Profile(email), "\"1\"");
        await Expect(412, "stale-version", () =>
            accounts.Client.PutAsync($"{path}/profile", AccountsService.Profile(), "\"1\""));
        await Expect(412, "stale-version", () =>
            accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing(), "\"banana\""));
    }

    [Fact]
    public async Task An_unknown_account()
    {
        var path = $"/api/accounts/{Guid.NewGuid()}";
        await Expect(404, "not-found", () => accounts.Client.GetAsync(path));
        await Expect(404, "not-found", () => accounts.Client.GetAsync($"{path}/history"));
        await Expect(404, "not-found", () => accounts.Client.PutAsync($"{path}/profile", AccountsService.Profile()));
        await Expect(404, "not-found", () => accounts.Client.PutAsync($"{path}/billing", AccountsService.Billing()));
        await Expect(404, "not-found", () => accounts.Client.PostWithKeyAsync($"{path}/close", null));
        await Expect(404, "not-found", () => accounts.Client.GetAsync("/api/accounts/1"));
        var noAccount = $"/api/accounts/{Policies.KnownPolicySets.StreamId}";
        await Expect(404, "not-found", () => accounts.Client.GetAsync(noAccount));
        await Expect(404, "not-found", () =>
            accounts.Client.PutAsync($"{noAccount}/billing", AccountsService.Billing()));
    }

    [Fact]
    public async Task Requests_of_the_wrong_form()
    {
        await Expect(415, "media-type-not-supported", () => Post("kind=customer", "application/x-www-form-urlencoded"));
        await Expect(400, "malformed-request", () => Post("{\"kind\":"));
        await Expect(400, "malformed-request", () => Post("[]"));
        await Expect(400, "malformed-request", () => Post(""));
        await Expect(400, "malformed-request", () => Post("{\"name\":\"\\ud800\"}"));
        await Expect(413, "body-too-large", () =>
            Post($"{{\"name\":\"{new string('a', 70_000)}\"}}"));
        await Expect(400, "idempotency-key-missing", () => Post(AccountsService.Body().ToJsonString(), key: ""));
        await Expect(400, "limit-invalid", async () => await accounts.Client.GetAsync(
            $"{await accounts.OpenAsync()}/history?limit=101"), appends: 1);
    }

    [Fact]
    public async Task A_key_that_was_used_for_another_body()
    {
        var key = Guid.NewGuid().ToString();
        var body = AccountsService.Body();
        await accounts.Running.OpenAsync(body, key);
        body["name"] = "Bob Canary";
        await Expect(422, "idempotency-key-reused", () => accounts.Running.OpenAsync(body, key));
    }

    private Task<HttpResponseMessage> Post(string body, string type = "application/json", string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/accounts");
        request.Content = new StringContent(body, Encoding.UTF8, type);
        if (key is not "") request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        return accounts.Client.SendAsync(request);
    }

    private async Task Expect(int status, string code, Func<Task<HttpResponseMessage>> ask, int appends = 0)
    {
        var before = await Events();
        var answer = await ask();
        answer.StatusCode.ShouldBe((HttpStatusCode)status, await answer.Content.ReadAsStringAsync());
        (await answer.ProblemCodeAsync()).ShouldBe(code);
        (await Events()).ShouldBe(before + appends);
        // But for the port that it listens on: that may have such digits too.
        var log = string.Join('\n', accounts.Running.Log.Lines.Where(line => !line.Contains("Now listening on")));
        foreach (var sent in (string[])["4111", "5556", "canary"]) log.ShouldNotContain(sent);
    }

    private Task<long> Events() => accounts.AskAsync<long>("select count(*) from store.mt_events");
}
