using EPerfect.Domains.Registration;
using EPerfect.Domains.Registration.Registry;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;

namespace EPerfect.Domains.Tests.Slices;

/// <summary>A connection that stands and says nothing is no answer either.</summary>
public sealed class SilentRegistry(PostgresServer postgres)
{
    [Fact]
    public async Task Given_a_registry_that_never_says_a_word_Then_that_is_recorded_and_it_is_asked_again_later()
    {
        var (clock, asked) = (new FakeTimeProvider(DateTimeOffset.UtcNow), new TaskCompletionSource());
        await using var domains = new DomainsService(postgres)
        {
            Clock = clock,
            Configure = builder => builder.Services.AddSingleton<IRegistry>(
                services => new NeverAnswers(services.GetRequiredService<NpgsqlDataSource>(), asked)),
        };
        await domains.InitializeAsync();
        await domains.RequestAsync("silent.com");
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(11));

        var failed = await Until.SomeAsync(
            async () => (await domains.HistoryAsync("silent.com"))
                .Select(e => e.Data).OfType<RegistrationAttemptFailed>().FirstOrDefault(),
            "it is recorded that there was no answer");
        failed.Cause.ShouldBe("registry-timeout");
        failed.RetryAt.ShouldBe(failed.At.AddSeconds(1));
    }
}
