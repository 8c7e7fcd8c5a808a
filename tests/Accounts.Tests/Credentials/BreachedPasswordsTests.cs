using EPerfect.Accounts.Credentials;
using EPerfect.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class BreachedPasswordsTests : IAsyncLifetime
{
    private readonly CapturedLog log = new();
    private LeakedList server = null!;

    public async ValueTask InitializeAsync() => server = await LeakedList.StartAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact, Control("S21", "M7")]
    public async Task A_leaked_password_is_known_and_the_list_learns_five_digits_of_its_hash_only()
    {
        (await List().ContainsAsync(LeakedList.Leaked, default)).ShouldBeTrue();

        server.Asked.ShouldBe([$"{LeakedList.Hash(LeakedList.Leaked)[..5]} padding=true"]);
    }

    [Fact]
    public async Task Another_password_is_not() =>
        (await List().ContainsAsync("amber kettle 17 station", default)).ShouldBeFalse();

    [Fact]
    public async Task Padding_is_no_find() => (await List().ContainsAsync(LeakedList.Padding, default)).ShouldBeFalse();

    [Fact]
    public async Task Without_a_list_nothing_is_asked()
    {
        (await List(url: "").ContainsAsync(LeakedList.Leaked, default)).ShouldBeFalse();

        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_is_away_keeps_nobody_out_and_the_log_says_so_without_the_hash()
    {
        server.Status = 503;

        (await List().ContainsAsync(LeakedList.Leaked, default)).ShouldBeFalse();
        (await List("http://127.0.0.1:1").ContainsAsync(LeakedList.Leaked, default)).ShouldBeFalse();

        string.Join("\n", log.Lines).ShouldContain("HttpRequestException: the list of leaked passwords was not asked");
        string.Join("\n", log.Lines).ShouldNotContain(LeakedList.Hash(LeakedList.Leaked)[..5]);
    }

    private BreachedPasswords List(string? url = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
            [new(BreachedPasswords.Setting, url ?? server.Url)]).Build());
        services.AddLogging(logging => logging.AddProvider(log));
        BreachedPasswords.Add(services);
        return services.BuildServiceProvider().GetRequiredService<BreachedPasswords>();
    }
}
