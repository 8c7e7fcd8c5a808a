using System.Net;
using System.Text.RegularExpressions;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>A person of whom every service holds something leaves, and it is proven from outside: by the bytes on disk, by a
/// backup, by what must not have changed.</summary>
public sealed partial class ErasedWithProofTests(ErasedWithProofTests.Ground ground) : IClassFixture<ErasedWithProofTests.Ground>
{
    private const string Control = "Kontrollvogel Ægir \"100%\" 7f3a9c";
    private readonly RunningPlatform platform = ground.Platform;
    private readonly Databases databases = new(ground.Platform);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_on_any_disk_tells_of_the_person_and_no_backup_opens_and_all_that_names_nobody_is_as_it_was()
    {
        using var customer = new TestCustomer(platform);
        using var officer = await Operator.AppointsAsync(platform, Ct);
        using var staff = officer.NewClient();
        var life = new WholeLife(customer);
        await life.LiveAsync(staff);
        await life.IsRefusedACardAsync();
        life.Canaries.Values.Distinct().Count().ShouldBeGreaterThanOrEqualTo(12);
        await customer.SignInAsync();
        using var backup = await Backup.TakeAsync(platform, databases);
        var before = await TablesAsync();

        var certificate = await platform.CertificateAsync(await customer.AskToBeErasedAsync(), customer.AccountId);

        var searches = certificate["stores"]!.AsArray().Select(store => store!["search"]!).ToArray();
        searches.Sum(search => search["texts"]!.GetValue<int>()).ShouldBeGreaterThan(12);
        searches.Where(search => search["texts"]!.GetValue<int>() > 0)
            .ShouldAllBe(search => search["searchedAgain"]!.GetValue<bool>());
        await TheSearchFindsAsync(life.Canaries.Values);
        await IsNowhereAsync([.. life.Canaries.Values, .. life.Card]);
        var after = await TablesAsync();
        foreach (var (table, rows) in before)
            rows.Select(row => Ended(row, customer.AccountId)).Except(after[table], StringComparer.Ordinal).ShouldBeEmpty(table);
        await new ReadModels(platform, databases).AreRebuiltEqualAsync();
        await NothingOpensAsync(backup);
        // The backup too, and all that was restored from it.
        await IsNowhereAsync([.. life.Canaries.Values, .. life.Card], backup.Folder);
    }

    [Theory]
    [InlineData(
        "accounts", "comment on table store.mt_events is {0}", "comment on table store.mt_events is null",
        "pg_catalog.pg_description")]
    [InlineData(
        "domains",
        "update store.mt_events set headers = coalesce(headers, '{{}}') || jsonb_build_object('note', {0}) "
            + "where seq_id = (select min(seq_id) from store.mt_events)",
        "update store.mt_events set headers = headers - 'note'",
        "store.mt_events")]
    [InlineData(
        "accounts",
        "create table public.forgotten_log as select {0} as line; grant select on public.forgotten_log to accounts",
        "drop table public.forgotten_log",
        "public.forgotten_log")]
    public async Task A_canary_in_an_unlikely_place_makes_the_certificate_refuse_until_it_is_gone(
        string service, string plant, string clean, string place)
    {
        using var customer = new TestCustomer(platform);
        await customer.OpenAccountAsync();
        await customer.StoreContactAsync();
        await ExecuteAsync(service, string.Format(null, plant, $"'{customer.Canaries[0].ToUpperInvariant()}'"));

        var certificate = await customer.AskToBeErasedAsync();

        var stopped = $"select data::text from store.mt_events where stream_id = '{certificate.Split('/')[^1]}' "
            + "and type = 'store_stopped'";
        await Until.TrueAsync(
            async () => (await RowsAsync("privacy", stopped)).Any(row => row.Contains(place, StringComparison.Ordinal)),
            "it is stopped, and says where",
            TimeSpan.FromMinutes(2));
        using var nobody = new HttpClient { BaseAddress = platform.Gateway };
        (await nobody.GetAsync(certificate, Ct)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        await ExecuteAsync(service, clean);
        // Ten minutes are long for a test: what is due then is due now.
        await ExecuteAsync(service, "update store.deadlines set due = now() where kind = 'erase-person'");
        await platform.CertificateAsync(certificate, customer.AccountId);
    }

    /// <summary>What the person had asked for and nobody had begun ends with the erasure; nothing else of its line
    /// changes.</summary>
    private static string Ended(string row, Guid account) => row.Contains($"{account}", StringComparison.Ordinal)
        ? row.Replace(
            "\"state\": \"Filed\", \"isOpen\": true", "\"state\": \"Refused\", \"isOpen\": false", StringComparison.Ordinal)
        : row;

    /// <summary>The search finds what is there, whatever way it is written: in a table, in a file, in a mail.</summary>
    private async Task TheSearchFindsAsync(IEnumerable<string> canaries)
    {
        await databases.ExecuteAsync("orders", $"create table public.control as select '{Control}'::text as line");
        await databases.FlushAsync();
        Bytes.FindEncoded([platform.PostgresFolder], [], Control).ShouldNotBeEmpty();
        // What no service may read stops the erasures that come after.
        await databases.ExecuteAsync("orders", "drop table public.control");
        var file = Path.Combine(platform.LogFolder, "control");
        foreach (var text in canaries)
        {
            foreach (var (encoding, bytes) in Encodings.Of(text))
            {
                await File.WriteAllBytesAsync(file, [1, 2, 3, .. bytes, 4, 5], Ct);
                Bytes.FindEncoded([platform.LogFolder], [], text).ShouldBe([file], $"{text} in {encoding}");
            }
        }

        File.Delete(file);
        Bytes.FindEncoded([platform.MailFolder], [], canaries).ShouldNotBeEmpty("the mails went where they should");
    }

    /// <summary>Of everything that the platform keeps: but what was delivered to the person's mailbox.</summary>
    private async Task IsNowhereAsync(IEnumerable<string> canaries, params IEnumerable<string> alsoIn)
    {
        await databases.FlushAsync();
        string[] all = [.. platform.Folders, platform.PostgresFolder, platform.RabbitMqFolder, .. alsoIn];
        Bytes.FindEncoded(all, [platform.MailFolder], canaries).ShouldBeEmpty();
    }

    /// <summary>Every event, every projection, every book of the outside systems; of each row what is not sealed.</summary>
    private async Task<Dictionary<string, string[]>> TablesAsync()
    {
        var tables = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var service in Databases.Services)
        {
            foreach (var table in await RowsAsync(service, """
                select format('%I.%I', schemaname, tablename) from pg_tables
                where schemaname = 'store' and (tablename like 'mt\_doc\_%' or tablename like 'register%')
                    and tablename not in ('mt_doc_receipt') or tablename like '%ledger%' or schemaname = 'registry'
                """))
            {
                // Accounts has no projection but what is due; its rows are what no key protects, and they go.
                if (service is "accounts") continue;
                var column = table.Contains("mt_doc_", StringComparison.Ordinal) ? "t.data" : "t";
                tables.Add($"{service} {table}", await RowsAsync(service, $"select {column}::text from {table} t"));
            }

            tables.Add($"{service} events", await RowsAsync(service, "select seq_id || type || data::text from store.mt_events"));
        }

        return tables.ToDictionary(
            table => table.Key,
            table => table.Value.Select(row => Envelope().Replace(row, "***")).ToArray(),
            StringComparer.Ordinal);
    }

    private async Task NothingOpensAsync(Backup backup)
    {
        // Who stole the key-encryption keys too, in time, could read it: so it is really a backup of these keys.
        await backup.RestoreAsync("stolen");
        foreach (var service in Databases.Services)
        {
            var (keys, unreadable) = await backup.OpenAllAsync("stolen", service, then: true);
            keys.ShouldBeGreaterThan(0, service);
            unreadable.ShouldBe(0, service);
            for (var epoch = 0; epoch < 2; epoch++)
                (await platform.RunAsync(service, "keys", "rotate")).ExitCode.ShouldBe(0, service);
        }

        await backup.RestoreAsync("restored");
        foreach (var service in Databases.Services)
        {
            var (keys, unreadable) = await backup.OpenAllAsync("restored", service, then: false);
            keys.ShouldBeGreaterThan(0, service);
            unreadable.ShouldBe(keys, $"{service}: what wrapped them is destroyed");
        }

        (await RowsAsync("restored_accounts", "select 1 from store.mt_events where data::text like '%p1.identity.%'"))
            .ShouldNotBeEmpty("the data is all there, and tells nothing");
    }

    private Task ExecuteAsync(string database, string sql) => databases.ExecuteAsync(database, sql);

    private Task<string[]> RowsAsync(string database, string sql) => databases.RowsAsync(database, sql);

    [GeneratedRegex(@"p1\.[A-Za-z0-9_.=-]+", RegexOptions.None, 1000)]
    private static partial Regex Envelope();

    /// <summary>A platform of its own: its keys are rotated, and its operator is appointed.</summary>
    public sealed class Ground : IAsyncLifetime
    {
        public RunningPlatform Platform { get; } = new();

        public ValueTask InitializeAsync() => Platform.InitializeAsync();

        public ValueTask DisposeAsync() => Platform.DisposeAsync();
    }
}
