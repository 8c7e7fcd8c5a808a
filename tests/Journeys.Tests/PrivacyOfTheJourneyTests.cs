using System.Text.RegularExpressions;
using EPerfect.Testing;
using OtpNet;

namespace EPerfect.Journeys.Tests;

/// <summary>The person behind an order is nowhere in clear.</summary>
public sealed partial class PrivacyOfTheJourneyTests(RunningPlatform platform)
{
    [Fact, Control("S5/sealed")]
    public async Task Name_email_phone_and_address_are_in_no_file_of_the_servers_in_no_log_and_in_no_trace()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        // The search itself works: what is no secret is found.
        Bytes.Find(platform.PostgresFolder, customer.AccountId.ToString()).ShouldNotBeEmpty();
        Bytes.Find(platform.TraceFolder, "traceId").ShouldNotBeEmpty();
        Bytes.Find(platform.LogFolder, "Now listening").ShouldNotBeEmpty();
        Bytes.Find(platform.RabbitMqFolder, "orders.domain-registered").ShouldNotBeEmpty();

        platform.ShouldHoldNowhere(customer.Canaries);
    }

    [Fact]
    public async Task Recovery_codes_and_what_an_authenticator_app_is_told_are_nowhere()
    {
        using var customer = new TestCustomer(platform);
        await customer.SignUpAsync();
        var secret = "";
        var added = await customer.FillAsync("/identity/authenticator", page =>
        {
            secret = Secret().Match(page).Groups["secret"].Value.Replace(" ", "", StringComparison.Ordinal);
            return [("Code", new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp())];
        });
        var codes = RecoveryCode().Matches(added).Select(code => code.Groups["code"].Value).ToArray();
        codes.Length.ShouldBe(10);
        await customer.SignInAsync(codes[0]);

        platform.ShouldHoldNowhere([secret, .. codes]);
    }

    [Fact]
    public async Task The_secret_of_a_program_and_what_it_gets_for_it_are_nowhere()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        using var owner = customer.NewClient();
        var answer = await owner.PostWithKeyAsync(
            $"/api/accounts/{customer.AccountId}/clients", new { name = "nightly", scopes = new[] { "orders:read" } });
        var created = await answer.JsonAsync();
        var (id, secret) = (created["clientId"]!.GetValue<string>(), created["clientSecret"]!.GetValue<string>());
        using var program = new HttpClient { BaseAddress = platform.Gateway };
        using var asked = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "client_credentials", ["client_id"] = id, ["client_secret"] = secret,
        });
        var token = (await (await program.PostAsync("/connect/token", asked)).JsonAsync())["access_token"]!.GetValue<string>();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        (await program.GetAsync($"/api/orders?accountId={customer.AccountId}")).EnsureSuccessStatusCode();

        platform.ShouldHoldNowhere([secret, token]);
    }

    [Fact, Control("S21")]
    public async Task Password_links_codes_and_tokens_are_in_no_file_of_the_servers_in_no_log_and_in_no_trace()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        await customer.SignInAsync();
        await customer.RefreshAsync();

        platform.ShouldHoldNowhere(customer.Secrets);
    }

    [Fact]
    public async Task The_person_can_read_what_is_held()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();

        var account = (await customer.ReadAsync($"/api/accounts/{customer.AccountId}")).ToJsonString();

        foreach (var canary in customer.Canaries) account.ShouldContain(canary);
    }

    [GeneratedRegex("<code class=\"secret\">(?<secret>[A-Z2-7 ]+)</code>", RegexOptions.None, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex("<li><code>(?<code>[^<]+)</code></li>", RegexOptions.None, 1000)]
    private static partial Regex RecoveryCode();
}
