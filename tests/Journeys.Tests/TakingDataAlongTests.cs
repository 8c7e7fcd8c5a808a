using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A person with data in all four services gets all of it, through the gateway, and nothing of anybody else.</summary>
public sealed class TakingDataAlongTests(RunningPlatform platform)
{
    [Fact]
    public async Task A_person_downloads_what_all_four_services_hold_and_nobody_else_does()
    {
        using var person = new TestCustomer(platform);
        using var stranger = new TestCustomer(platform);
        await person.LiveThroughItAsync();
        await stranger.LiveThroughItAsync();
        using var own = person.NewClient();
        using var foreign = stranger.NewClient();

        var filed = await own.PostWithKeyAsync($"/api/privacy/people/{person.AccountId}/requests", new { kind = "access" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var export = (await filed.JsonAsync())["export"]!.GetValue<string>();
        await Until.TrueAsync(
            async () => (await person.ReadAsync(export))["state"]!.GetValue<string>() == "ready", "all have answered",
            TimeSpan.FromMinutes(1));

        var files = Unpack(await own.GetByteArrayAsync($"{export}/archive"));
        var fields = files.Where(file => file.Key.StartsWith("data/", StringComparison.Ordinal))
            .SelectMany(file => JsonNode.Parse(file.Value)!.AsArray())
            .SelectMany(held => held!["data"]!.AsArray())
            .Select(datum => datum!["field"]!.GetValue<string>())
            .Distinct().ToList();
        ((string[])
        [
            "account-identity.name", "account-contact.email", "account-contact.phone", "account-contact.address.street",
            "sign-in-address.email", "client-address.address", "activity-log.kind", "mail-recipient.address", "registrant.name",
            "held-name.domainName", "orders.payment-method.token", "chosen-services.lines",
        ]).ShouldBeSubsetOf(fields);
        var all = string.Join('\n', files.Values);
        person.Canaries.ShouldAllBe(canary => all.Contains(canary, StringComparison.OrdinalIgnoreCase));
        stranger.Canaries.ShouldAllBe(canary => !all.Contains(canary, StringComparison.OrdinalIgnoreCase));
        all.ShouldNotContain(stranger.AccountId.ToString());
        (await foreign.GetAsync($"{export}/archive")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Bytes.Find(platform.PostgresFolder, person.Canaries).ShouldBeEmpty();
        Bytes.Find(platform.RabbitMqFolder, person.Canaries).ShouldBeEmpty();
    }

    private static Dictionary<string, string> Unpack(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        return zip.Entries.ToDictionary(
            entry => entry.FullName,
            entry =>
            {
                using var reader = new StreamReader(entry.Open());
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);
    }
}
