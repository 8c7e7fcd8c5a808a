using EPerfect.Accounts.Mail;
using EPerfect.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.Accounts.Tests.Mail;

/// <summary>Accounts with a mail server, and with one more kind of mail: a link that lets somebody in.</summary>
public sealed class MailingService(PostgresServer postgres, MailServer mails) : IAsyncLifetime
{
    internal const string Kind = "test-link";
    private static int people;

    internal TestService Running { get; private set; } = null!;

    internal MailServer Mails => mails;

    internal MailQueue Queue => Get<MailQueue>();

    public async ValueTask InitializeAsync() => Running = await StartAsync(postgres, mails);

    public ValueTask DisposeAsync() => Running.DisposeAsync();

    internal static async Task<TestService> StartAsync(
        PostgresServer postgres, MailServer mails, TestDatabase? database = null, TimeProvider? clock = null,
        Action<WebApplicationBuilder>? configure = null)
    {
        var settings = await mails.SettingsAsync();
        return await TestService.StartAsync(
            AccountsModule.Define().Services(services => services.AddMail<Link>(Kind)), postgres, null, database, clock,
            builder =>
            {
                settings(builder);
                configure?.Invoke(builder);
            });
    }

    internal T Get<T>()
        where T : class => Running.Services.GetRequiredService<T>();

    internal static MailRequest NewRequest(string person = "ann") => new(
        Kind, Guid.CreateVersion7(), $"{person}.{Interlocked.Increment(ref people)}@canary.example");

    /// <summary>Whatever became of the mails to a person, by its names in the store.</summary>
    internal static async Task<string[]> EventsOfAsync(TestService service, Guid subject)
    {
        await using var source = NpgsqlDataSource.Create(service.Database.Admin);
        await using var command = source.CreateCommand($"""
            select type from store.mt_events where stream_id in
                (select stream_id from store.mt_events where data ->> 'subject' = '{subject}') order by seq_id
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var names = new List<string>();
        while (await rows.ReadAsync()) names.Add(rows.GetString(0));
        return [.. names];
    }

    internal static Task EndedAsync(TestService service, Guid subject, string with) => Until.TrueAsync(
        async () => (await EventsOfAsync(service, subject)).LastOrDefault() == with, $"the mail ends with {with}");

    internal sealed class Link : IMailTemplate
    {
        public const string Secret = "zwyx-one-time-token";

        public Task<MailText?> WriteAsync(MailToWrite mail, CancellationToken cancellationToken) => Task.FromResult(
            mail.Arguments.ContainsKey("used")
                ? null
                : new MailText(
                    "Grüße aus Tallinn: Ihr Zugang",
                    $"""
                    Sehr geehrte Frau Ööbik,

                    https://eperfect.example/verify?token={Secret}-{Guid.NewGuid():N}&long={new string('a', 1200)}
                    .
                    From here on it is a line that begins with From.
                    """));
    }
}
