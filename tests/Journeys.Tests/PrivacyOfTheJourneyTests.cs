using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>The person behind an order is nowhere in clear.</summary>
public sealed class PrivacyOfTheJourneyTests(RunningPlatform platform)
{
    [Fact, Control("S5")]
    public async Task Name_email_phone_and_address_are_in_no_file_of_the_servers_in_no_log_and_in_no_trace()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        // The search itself works: what is no secret is found.
        Bytes.Find(platform.PostgresFolder, customer.AccountId.ToString()).ShouldNotBeEmpty();
        Bytes.Find(platform.TraceFolder, "traceId").ShouldNotBeEmpty();
        Bytes.Find(platform.LogFolder, "Now listening").ShouldNotBeEmpty();
        Bytes.Find(platform.RabbitMqFolder, "orders.domain-registered").ShouldNotBeEmpty();

        string[] folders = [platform.PostgresFolder, platform.RabbitMqFolder, platform.LogFolder, platform.TraceFolder];
        foreach (var folder in folders)
            Bytes.Find(folder, customer.Canaries).ShouldBeEmpty();
    }

    [Fact, Control("S21")]
    public async Task Password_links_codes_and_tokens_are_in_no_file_of_the_servers_in_no_log_and_in_no_trace()
    {
        using var customer = new TestCustomer(platform);
        await customer.LiveThroughItAsync();
        await customer.SignInAsync();
        await customer.RefreshAsync();

        string[] folders = [platform.PostgresFolder, platform.RabbitMqFolder, platform.LogFolder, platform.TraceFolder];
        foreach (var folder in folders)
            Bytes.Find(folder, customer.Secrets).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_person_can_read_what_is_held()
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();

        var account = (await customer.ReadAsync($"/api/accounts/{customer.AccountId}")).ToJsonString();

        foreach (var canary in customer.Canaries) account.ShouldContain(canary);
    }
}
