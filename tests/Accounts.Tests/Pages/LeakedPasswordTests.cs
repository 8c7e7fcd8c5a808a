using EPerfect.Accounts.Credentials;
using EPerfect.Accounts.Tests.Credentials;
using EPerfect.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging;

namespace EPerfect.Accounts.Tests.Pages;

/// <summary>Wherever a person chooses a password, one that leaked elsewhere is not taken.</summary>
public sealed class LeakedPasswordTests(PagesService service) : IClassFixture<PagesService>, IAsyncLifetime
{
    private LeakedList list = null!;
    private TestService listed = null!;

    public async ValueTask InitializeAsync()
    {
        list = await LeakedList.StartAsync();
        listed = await service.StartAsync(
            service.Running.Database, builder => builder.Configuration[BreachedPasswords.Setting] = list.Url);
    }

    public async ValueTask DisposeAsync()
    {
        await listed.DisposeAsync();
        await list.DisposeAsync();
    }

    [Fact]
    public async Task Signing_up()
    {
        using var browser = new Browser(listed);
        var email = PagesService.NewEmail();
        await browser.PressAsync(await browser.GoAsync("/identity/sign-up"), "Sign up", ("Email", email));
        var page = await browser.GoAsync(await service.LinkAsync(email, "Finish"));

        ShouldBeRefused(await browser.PressAsync(page, "Finish", ("Password", LeakedList.Leaked)));
    }

    [Fact]
    public async Task Setting_a_new_one_by_mail()
    {
        using var browser = new Browser(listed);
        var email = await service.SignUpAsync(browser);
        await browser.PressAsync(await browser.GoAsync("/identity/forgotten-password"), "Send the link", ("Email", email));
        var page = await browser.GoAsync(await service.LinkAsync(email, "Set a new password"));

        ShouldBeRefused(await browser.PressAsync(page, "Set the password", ("Password", LeakedList.Leaked)));
    }

    [Fact]
    public async Task Changing_it()
    {
        using var browser = new Browser(listed);
        await service.SignUpAsync(browser);
        var page = await browser.GoAsync("/identity/change-password");

        ShouldBeRefused(await browser.PressAsync(
            page, "Change the password", ("CurrentPassword", PagesService.Password), ("Password", LeakedList.Leaked)));
    }

    [Fact]
    public async Task Replacing_one_that_somebody_else_knows()
    {
        using var browser = new Browser(listed);
        var email = await service.SignUpAsync(browser);
        await service.ChangeLoginAsync(email, login => login.MustChangePassword = true);
        using var other = new Browser(listed);
        var page = await PagesService.SignInAsync(other, email);

        ShouldBeRefused(await other.PressAsync(page, "Set the password", ("Password", LeakedList.Leaked)));
    }

    [Theory]
    [InlineData("Production", "", HealthStatus.Degraded)]
    [InlineData("Production", "http://list.example/", HealthStatus.Healthy)]
    [InlineData("Development", "", HealthStatus.Healthy)]
    public async Task In_production_health_and_log_complain_of_a_list_that_is_missing(
        string environment, string setting, HealthStatus expected)
    {
        var log = new CapturedLog();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(log));
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>(BreachedPasswords.Setting, setting)])
            .Build();
        var health = new BreachedPasswordsHealth(
            settings,
            new HostingEnvironment { EnvironmentName = environment },
            logging.CreateLogger<BreachedPasswordsHealth>());

        await health.StartAsync(default);

        (await health.CheckHealthAsync(new HealthCheckContext())).Status.ShouldBe(expected);
        log.Lines.Any(line => line.StartsWith("Warning") && line.Contains(BreachedPasswords.Setting))
            .ShouldBe(expected == HealthStatus.Degraded);
    }

    [Fact]
    public async Task Health_asks_for_the_list()
    {
        var report = await service.Running.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Entries.Keys.ShouldContain("breached-passwords");
    }

    private static void ShouldBeRefused(PageView page)
    {
        page.Status.ShouldBe(422);
        page.Problems.ShouldBe([PasswordRules.Guessable]);
    }
}
