using System.Text.RegularExpressions;
using EPerfect.Accounts.Credentials;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Accounts with its pages and a mail server, and people who use them.</summary>
public sealed partial class PagesService(PostgresServer postgres, MailServer mails) : IAsyncLifetime
{
    internal const string Password = "violet teapot 61 harbour";
    internal const string OtherPassword = "amber kettle 17 station";

    private static int people;

    internal TestService Running { get; private set; } = null!;

    internal MovedClock Clock { get; } = new();

    internal StaffList Staff { get; } = new();

    internal MailServer Mails => mails;

    public async ValueTask InitializeAsync() => Running = await StartAsync();

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    /// <summary>Another instance beside the first.</summary>
    internal async Task<TestService> StartAsync(
        TestDatabase? database = null, Action<WebApplicationBuilder>? configure = null, bool ownRoster = false)
    {
        var settings = await mails.SettingsAsync();
        return await TestService.StartAsync(
            AccountsModule.Define(), postgres, database: database, clock: Clock, configure: builder =>
            {
                settings(builder);
                builder.Configuration["Identity:Issuer"] = "http://localhost/";
                builder.Configuration["Identity:Clients:0:Id"] = "shop";
                builder.Configuration["Identity:Clients:0:RedirectUris:0"] = "https://shop.example/signed-in";
                if (!ownRoster) builder.Services.AddScoped<IStaffRoles>(_ => Staff);
                configure?.Invoke(builder);
            });
    }

    internal static string NewEmail() => $"person-{Interlocked.Increment(ref people)}@canary.example";

    internal Browser Browser(string address = "203.0.113.7") => new(Running, address);

    /// <summary>The link in the newest mail.</summary>
    internal async Task<string> LinkAsync(string email, string about) =>
        Link().Match((await mails.MailToAsync(email, about)).Text).Value;

    /// <summary>Signs up as a person does, and is signed in with the browser then.</summary>
    internal async Task<string> SignUpAsync(Browser browser, string? email = null, string password = Password)
    {
        email ??= NewEmail();
        var before = (await mails.MailsToAsync(email)).Count;
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        await Until.TrueAsync(async () => (await mails.MailsToAsync(email)).Count > before, "another mail arrives");
        var page = await browser.GoAsync(await LinkAsync(email, "Finish"));
        var done = await browser.PressAsync(page, "Finish", ("Password", password));
        done.Title.ShouldBe("Your sign-in", done.Text);
        return email;
    }

    internal static async Task<PageView> SignInAsync(
        Browser browser, string email, string password = Password, string page = "/identity/sign-in") =>
        await browser.PressAsync(await browser.GoAsync(page), "Sign in", ("Email", email), ("Password", password));

    internal Task<Guid> IdOfAsync(string email) => WithAsync<Logins, Guid>(
        async logins => (await logins.FindAsync(email, default))!.Id);

    internal async Task SweepAsync()
    {
        await Running.Services.GetRequiredService<RetentionSweeper>().RunAsync(default);
        await Running.Services.GetRequiredService<CatchUpWithMoves>().RunAsync(default);
    }

    /// <summary>Asks the database behind the service's back.</summary>
    internal async Task<long> CountAsync(string sql) => (long)await AskAsync(sql);

    internal async Task<string> TextAsync(string sql) => (string)await AskAsync(sql);

    internal async Task AppointAsync(string email) => Staff.People.Add(await IdOfAsync(email));

    internal async Task ChangeLoginAsync(string email, Action<Login> change)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        change((await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(email, default))!);
        await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().SaveChangesAsync();
    }

    internal async Task<T> WithAsync<TService, T>(Func<TService, Task<T>> use)
        where TService : notnull
    {
        await using var scope = Running.Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    private async Task<object> AskAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Running.Database.Admin);
        await using var command = source.CreateCommand(sql);
        return (await command.ExecuteScalarAsync())!;
    }

    [GeneratedRegex(@"http://localhost/\S+", RegexOptions.None, 1000)]
    private static partial Regex Link();
}

/// <summary>Timers run as they do; the calendar can be turned on.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeSpan ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public void Move(TimeSpan by) => ahead += by;
}

/// <summary>Who works here.</summary>
internal sealed class StaffList : IStaffRoles
{
    public HashSet<Guid> People { get; } = [];

    public Task<bool> IsStaffAsync(Guid loginId, CancellationToken cancellationToken) =>
        Task.FromResult(People.Contains(loginId));
}
