using System.Text.Json.Nodes;
using EPerfect.Privacy.Partners.Webhooks.Posting;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>Privacy that posts to this machine, and loses patience soon: one for the tests of a class.</summary>
public sealed class WebhookService(PostgresServer postgres) : IAsyncLifetime
{
    public TestService Running { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Running = await StartAsync(postgres);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    internal static Task<TestService> StartAsync(
        PostgresServer postgres,
        TestDatabase? database = null,
        TimeProvider? clock = null,
        WebhookOptions? options = null,
        IHostNames? names = null) => TestService.StartAsync(
            PrivacyModule.Define(),
            postgres,
            database: database,
            clock: clock,
            configure: builder =>
            {
                builder.Services.AddSingleton(options ?? Loopback);
                if (names is not null) builder.Services.AddSingleton(names);
            },
            cancellationToken: TestContext.Current.CancellationToken);

    internal static readonly WebhookOptions Loopback =
        new() { AllowLoopback = true, Timeout = TimeSpan.FromSeconds(2) };
}

/// <summary>What a partner does with its webhook, over HTTP.</summary>
internal static class WebhookSteps
{
    public const string Webhook = "/api/partners/webhook";

    /// <summary>A partner with an agreement, whose program is the answer.</summary>
    public static async Task<HttpClient> PartnerProgramAsync(this TestService privacy) =>
        privacy.Program(FeedSteps.IdOf(await privacy.AgreeAsync()));

    /// <summary>Sets the webhook and makes its first secret.</summary>
    public static async Task<string> TakesAsync(
        this HttpClient program, WebhookReceiver receiver, params IReadOnlyList<string> types)
    {
        var set = await program.PutAsync(Webhook, new { url = receiver.Url, types });
        ((int)set.StatusCode).ShouldBe(204, await set.Content.ReadAsStringAsync());
        return await program.MakeSecretAsync();
    }

    public static async Task<string> MakeSecretAsync(this HttpClient program, string? key = null)
    {
        var answer = await program.PostWithKeyAsync($"{Webhook}/secret", new { }, key);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        return (string)(await answer.JsonAsync())["secret"]!;
    }

    public static async Task<JsonObject> WebhookAsync(this HttpClient program)
    {
        var answer = await program.GetAsync(Webhook, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200, await answer.Content.ReadAsStringAsync());
        return await answer.JsonAsync();
    }

    public static async Task<JsonArray> AttemptsAsync(this HttpClient program) => (await (await program.GetAsync(
        $"{Webhook}/attempts", TestContext.Current.CancellationToken)).JsonAsync())["items"]!.AsArray();

    public static Task HasFailedAsync(this HttpClient program, int times = 1) => Until.TrueAsync(
        async () => (int)(await program.WebhookAsync())["failures"]! >= times, $"it failed {times} times");

    public static Task IsAsync(this HttpClient program, string state) => Until.TrueAsync(
        async () => (string)(await program.WebhookAsync())["state"]! == state, $"the webhook is {state}");
}
