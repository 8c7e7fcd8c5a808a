using EPerfect.PersonalData;
using EPerfect.ServiceDefaults.Tests.Sample;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults.Tests;

/// <summary>A view that opens what is sealed, and a key store that goes away meanwhile.</summary>
public sealed class VaultOutageTests(PostgresServer postgres)
{
    private const int Events = 10_000;
    private const int EventsOfOne = 10;
    private const int CutAt = Events / 2;

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Given_the_vault_goes_down_in_the_middle_of_ten_thousand_events_Then_no_view_is_wrong_and_all_recover()
    {
        await using var database = await postgres.CreateDatabaseAsync("orders", ct: Token);
        await using (var writing = await TestService.StartAsync(Names.Define(), postgres, database: database))
            await AppendAsync(writing);
        await using var cable = new Cable(new NpgsqlConnectionStringBuilder(database.Keys).Port);
        var watched = new Watched { Before = number => CutOnce(cable, number) };
        await using var service = await TestService.StartAsync(
            Names.Shown(), postgres, database: database, configure: builder =>
            {
                var keys = new NpgsqlConnectionStringBuilder(database.Keys) { Port = cable.Port };
                builder.Configuration["ConnectionStrings:Keys"] = keys.ConnectionString;
                builder.Services.AddSingleton(watched);
            });

        // Stopped, started anew, stopped again: for as long as the vault is down.
        await Until.TrueAsync(
            () => Task.FromResult(watched.Failures >= 3), "the view meets the outage", TimeSpan.FromSeconds(90));
        var during = await ViewsAsync(service);
        during.Count.ShouldBeLessThanOrEqualTo(CutAt);
        during.ShouldAllBe(view => view.Shown == Expected(view.Number));

        cable.Mend();
        await Until.TrueAsync(async () => (await ViewsAsync(service)).Count == Events, "all are shown", TimeSpan.FromSeconds(90));
        var recovered = await ViewsAsync(service);
        recovered.ShouldAllBe(view => view.Shown == Expected(view.Number));

        using var daemon = await service.Services.GetRequiredService<IDocumentStore>().BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync("names", Token);
        (await ViewsAsync(service)).ShouldBe(recovered);
    }

    private static string Expected(int number) => number / EventsOfOne % 20 == 7 ? "erased" : $"Ann {number}";

    private int cuts;

    private void CutOnce(Cable cable, int number)
    {
        if (number == CutAt && Interlocked.Increment(ref cuts) == 1) cable.Cut();
    }

    private static async Task AppendAsync(TestService service)
    {
        var vault = service.Services.GetRequiredService<Vault>();
        var store = service.Services.GetRequiredService<IDocumentStore>();
        for (var start = 0; start < Events; start += 500)
        {
            await using var session = store.LightweightSession();
            for (var number = start; number < start + 500; number++)
            {
                var value = await vault.SealAsync(SubjectOf(number), new PersonName($"Ann {number}"), Token);
                session.Events.StartStream<Named>(Guid.CreateVersion7(), new NameGiven(number, value));
            }

            await session.SaveChangesAsync(Token);
        }

        foreach (var number in Enumerable.Range(0, Events).Where(number => Expected(number) == "erased"))
            await vault.ShredAsync(SubjectOf(number), DataGroup.Identity, SubjectOf(number), Token);
    }

    private static Guid SubjectOf(int number) => new(1 + (number / EventsOfOne), 0, 0, new byte[8]);

    private static async Task<IReadOnlyList<NameView>> ViewsAsync(TestService service)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Query<NameView>().OrderBy(view => view.Number).ToListAsync(Token);
    }
}
