using System.Text.Json;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>What is posted verifies with the reference library of Standard Webhooks, and nothing else does.</summary>
public sealed class VerifyingWebhooks(WebhookService service) : IClassFixture<WebhookService>
{
    [Fact]
    public async Task The_reference_library_verifies_it_with_each_secret_that_is_good_and_with_no_other()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        using var program = await service.Running.PartnerProgramAsync();
        var old = await program.TakesAsync(receiver);
        var next = await program.MakeSecretAsync();
        var ordered = await service.Running.OrderedAsync(await service.Running.ConsentingAsync(), 2);
        await receiver.HasGotAsync(ordered);
        var posted = receiver.Got[0];
        using var library = await NodeProgram.StartAsync("standardwebhooks", [], []);

        foreach (var secret in new[] { old, next })
        {
            await library.TellAsync(Line(secret, posted.Body));
            (await library.StepAsync("verified"))["id"]!.GetValue<Guid>().ShouldBe(ordered[0]);
        }

        foreach (var (secret, body) in new[]
        {
            ("whsec_" + Convert.ToBase64String(new byte[32]), posted.Body),
            (next, posted.Body.Replace("10.00", "10.01", StringComparison.Ordinal)),
            (next, receiver.Got[1].Body),
        })
        {
            await library.TellAsync(Line(secret, body));
            (await library.StepAsync("refused"))["error"]!.GetValue<string>().ShouldBe("WebhookVerificationError");
        }

        string Line(string secret, string body) =>
            JsonSerializer.Serialize(new { secret, headers = posted.Headers, body });
    }
}
