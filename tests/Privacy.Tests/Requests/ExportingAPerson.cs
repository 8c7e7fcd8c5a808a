using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Register.Recording;
using EPerfect.Privacy.Requests.Exports;
using EPerfect.Privacy.Requests.Exports.Archive;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Privacy.Tests.Withholding;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Privacy orders, all hand over their parts, and only then, and only to who asked, there is an archive. The others
/// are played by the test.</summary>
public sealed class ExportingAPerson(PostgresServer postgres, BrokerServer broker)
{
    private const string Canary = "Quetzal <b>Canary</b>";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly Guid account = Guid.CreateVersion7();
    private readonly Guid login = Guid.CreateVersion7();

    private string Path => $"/api/privacy/people/{account}";

    [Fact]
    public async Task When_all_have_answered_who_asked_gets_an_archive_that_anybody_can_check()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(P.ExportOrdered.Name, Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        using var owner = Owner(privacy);
        (await owner.PutAsync($"{Path}/consents/direct-mail", new { given = true, policySet = 1 })).EnsureSuccessStatusCode();

        var (request, export) = await FileAsync(owner, "access");
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var order = ordered.Single();
        (order["accountId"]!.GetValue<Guid>(), order["loginId"]!.GetValue<Guid>()).ShouldBe((account, login));
        await Until.TrueAsync(
            async () => (await AnsweredAsync(owner, export)).SequenceEqual(["privacy"]), "Privacy has answered");
        var early = await owner.GetAsync($"{export}/archive", Token);
        (early.StatusCode, await early.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "export-not-ready"));

        // Out of order, twice, and of an attempt that was given up.
        await SendAsync(wire, Part<A.ExportPartDelivered>(order, "accounts", 2, isLast: true, attempt: 2, "late"));
        await SendAsync(wire, Part<A.ExportPartDelivered>(order, "accounts", 1, isLast: true, attempt: 1, "given up"));
        var repeat = Part<A.ExportPartDelivered>(order, "accounts", 1, isLast: false, attempt: 2, Canary);
        await SendAsync(wire, repeat);
        await SendAsync(wire, repeat);
        await SendAsync(wire, Part<O.ExportPartDelivered>(order, "orders", 1, isLast: true));
        await SendAsync(wire, Part<D.ExportPartDelivered>(order, "domains", 1, isLast: true));
        await Until.TrueAsync(async () => (await ReadAsync(owner, export))["state"]!.ToString() == "ready", "it is ready");

        (await ReadAsync(owner, request))["state"]!.ToString().ShouldBe("done");
        var answer = await owner.GetAsync($"{export}/archive", Token);
        answer.EnsureSuccessStatusCode();
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        var bytes = await answer.Content.ReadAsByteArrayAsync(Token);
        var files = Unpack(bytes);
        files.Keys.ShouldBe(
            [
                "data/accounts.json", "data/domains.json", "data/orders.json", "data/privacy.json", "openings.json",
                "disclosures.json", "about.json", "index.html", "manifest.jws",
            ],
            ignoreOrder: true);
        var told = JsonNode.Parse(files["data/accounts.json"])!.AsArray();
        told.Select(one => one!["data"]![0]!["value"]!.ToString()).ShouldBe([Canary, "late"]);
        files["data/privacy.json"].ShouldContain("consent_changed");
        files["index.html"].ShouldContain("Quetzal &lt;b&gt;Canary&lt;/b&gt;");
        files["index.html"].ShouldNotContain("<b>");
        files["index.html"].ShouldNotContain("<script");
        (await ReadAsync(owner, export))["downloads"]!.GetValue<int>().ShouldBe(1);

        var keys = await privacy.Client.GetStringAsync("/api/privacy/keys", Token);
        var (manifest, fault) = await VerifyExport.VerifyAsync(new MemoryStream(bytes), keys);
        fault.ShouldBeNull();
        manifest!.Services.Select(one => one.Service).ShouldBe(["accounts", "domains", "orders", "privacy"]);
        (await FaultAsync(Repack(files, "data/orders.json", "[]"), keys)).ShouldBe("data/orders.json was altered");
        (await FaultAsync(Repack(files, "more.json", "[]"), keys)).ShouldBe("more.json was added");
        (await FaultAsync(Repack(files, "openings.json", content: null), keys))
            .ShouldBe("openings.json is missing, or there twice");
        (await FaultAsync(bytes[..^30], keys)).ShouldNotBeNull();
        (await FaultAsync(bytes, """{"keys":[]}""")).ShouldNotBeNull();
        (await DatabaseText.TablesWithAsync(privacy.Database.Admin, "quetzal", Token)).ShouldBeEmpty();
        privacy.Log.Lines.ShouldAllBe(line => !line.Contains("Quetzal", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_else_gets_it_and_who_signed_in_long_ago_signs_in_again()
    {
        await using var scene = await ReadyAsync("access");
        var (privacy, export) = (scene.Privacy, scene.Export);

        async Task<(HttpStatusCode, string)> AskAsync(string token)
        {
            using var somebody = privacy.As(token);
            var answer = await somebody.GetAsync($"{export}/archive", Token);
            return (answer.StatusCode, await answer.ProblemCodeAsync());
        }

        var missing = (HttpStatusCode.NotFound, "not-found");
        (await AskAsync(privacy.Issuer.Token(accounts: [$"{Guid.CreateVersion7():D}:owner"]))).ShouldBe(missing);
        (await AskAsync(privacy.Issuer.Token(staff: ["privacy-officer", "support", "legal", "operator"]))).ShouldBe(missing);
        (await AskAsync(privacy.Issuer.Owner(account))).ShouldBe(missing, "another owner of the account");
        (await AskAsync(privacy.Issuer.Token(login.ToString("D"), [$"{account:D}:billing"]))).Item1
            .ShouldBe(HttpStatusCode.Forbidden);
        (await AskAsync(privacy.Issuer.Token(
            login.ToString("D"), [$"{account:D}:owner"],
            claims: claims => claims["auth_time"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds())))
            .ShouldBe((HttpStatusCode.PreconditionRequired, "identity-not-verified"));
        using var owner = Owner(privacy);
        (await owner.GetAsync($"{export.Replace(account.ToString(), Guid.CreateVersion7().ToString())}/archive", Token))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await owner.GetAsync($"{Path}/exports/{Guid.CreateVersion7()}/archive", Token)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
        (await ReadAsync(owner, export))["downloads"]!.GetValue<int>().ShouldBe(0);
    }

    [Fact]
    public async Task Seven_days_after_it_was_ready_its_key_is_destroyed_and_its_parts_are_deleted()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var scene = await ReadyAsync("access", clock);
        using var owner = Owner(scene.Privacy);
        (await owner.GetAsync($"{scene.Export}/archive", Token)).EnsureSuccessStatusCode();

        clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        using var later = Owner(scene.Privacy, clock.GetUtcNow());
        await Until.TrueAsync(async () => (await ReadAsync(later, scene.Export))["state"]!.ToString() == "ended", "it is over");

        var answer = await later.GetAsync($"{scene.Export}/archive", Token);
        (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Gone, "export-ended"));
    }

    [Fact]
    public async Task An_erasure_of_the_person_destroys_the_key_of_every_export()
    {
        await using var scene = await ReadyAsync("access");
        using var owner = Owner(scene.Privacy);
        var (open, _) = await FileAsync(owner, "access");

        (await owner.PostWithKeyAsync($"{Path}/requests", new { kind = "erasure" })).EnsureSuccessStatusCode();
        await Until.TrueAsync(async () => (await ReadAsync(owner, scene.Export))["state"]!.ToString() == "ended", "it is over");

        var answer = await owner.GetAsync($"{scene.Export}/archive", Token);
        (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Gone, "export-ended"));
        var refused = await ReadAsync(owner, open);
        (refused["state"]!.ToString(), refused["refusedAs"]!.ToString()).ShouldBe(("refused", "no-data-held"));
    }

    [Theory]
    [InlineData("refusal", "refused")]
    [InlineData("withdrawal", "withdrawn")]
    public async Task Refused_or_taken_back_after_it_began_nothing_of_it_is_kept_or_handed_over(string step, string state)
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(P.ExportOrdered.Name, Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        using var owner = Owner(privacy);
        var (request, export) = await FileAsync(owner, "access");
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));

        var answer = step == "refusal"
            ? await officer.PostWithKeyAsync($"{request}/refusal", new { ground = "identity-not-proven" })
            : await owner.PostWithKeyAsync($"{request}/withdrawal", new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync(Token));

        var archive = await owner.GetAsync($"{export}/archive", Token);
        (archive.StatusCode, await archive.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Gone, "export-ended"));
        var order = ordered.Single();
        await SendAsync(wire, Part<A.ExportPartDelivered>(order, "accounts", 1, isLast: true));
        await SendAsync(wire, Part<O.ExportPartDelivered>(order, "orders", 1, isLast: true));
        await SendAsync(wire, Part<D.ExportPartDelivered>(order, "domains", 1, isLast: true));
        var id = Guid.Parse(export[^36..]);
        await Until.TrueAsync(
            async () => (await privacy.EventsAsync<ExportEnded>(id)) is [{ Reason: ExportEnds.CalledOff }],
            "its key is destroyed");
        (await privacy.EventsAsync<ExportReady>(id)).ShouldBeEmpty();
        (await ReadAsync(owner, request))["state"]!.ToString().ShouldBe(state);
    }

    [Fact]
    public async Task To_take_along_is_data_without_a_page_and_two_exports_at_once_do_not_meet()
    {
        await using var scene = await ReadyAsync("portability");
        using var owner = Owner(scene.Privacy);
        var (_, other) = await FileAsync(owner, "portability");

        var files = Unpack(await (await owner.GetAsync($"{scene.Export}/archive", Token)).Content.ReadAsByteArrayAsync(Token));

        files.Keys.ShouldNotContain("index.html");
        files["about.json"].ShouldContain("GDPR Art. 20");
        (await ReadAsync(owner, other))["state"]!.ToString().ShouldBe("under-way");
    }

    [Fact]
    public async Task What_law_forbids_to_tell_is_left_out_and_counted_until_it_may_be_told()
    {
        await using var scene = await ReadyAsync("access", before: async privacy =>
        {
            await LookedAsync(privacy, account, "user/one-of-us", "legal", "case:4711");
            await LookedAsync(privacy, account, "user/another", "support", "ticket:4711");
        });
        var (privacy, export) = (scene.Privacy, scene.Export);
        using var owner = Owner(privacy);
        // After the parts were made: it is decided when the archive is.
        var withholding = await WithholdingSteps.WithholdAsync(privacy, account, DateTimeOffset.UtcNow.AddDays(20));

        var (files, manifest) = await FetchAsync(privacy, owner, export);
        string.Concat(files.Values).ShouldNotContain("one-of-us");
        string.Concat(files.Values).ShouldNotContain("case:4711");
        JsonNode.Parse(files["openings.json"])!.AsArray().Count.ShouldBe(1);
        files["about.json"].ShouldContain("\"what law forbids to tell\"");
        manifest.WithheldByLaw.ShouldBe(1);

        await WithholdingSteps.LiftAsync(privacy, withholding);
        (files, manifest) = await FetchAsync(privacy, owner, export);
        files["openings.json"].ShouldContain("one-of-us");
        manifest.WithheldByLaw.ShouldBe(0);
    }

    private static async Task<(Dictionary<string, string> Files, Manifest Manifest)> FetchAsync(
        TestService privacy, HttpClient owner, string export)
    {
        var bytes = await (await owner.GetAsync($"{export}/archive", Token)).Content.ReadAsByteArrayAsync(Token);
        var keys = await privacy.Client.GetStringAsync("/api/privacy/keys", Token);
        var (manifest, fault) = await VerifyExport.VerifyAsync(new MemoryStream(bytes), keys);
        fault.ShouldBeNull();
        return (Unpack(bytes), manifest!);
    }

    [Fact]
    public async Task Every_field_that_Privacy_declares_is_told_and_nothing_of_another_person()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        using var owner = Owner(privacy);
        var stranger = Guid.CreateVersion7();
        foreach (var (person, mandate) in new[] { (account, "attorney 17"), (stranger, "stranger 18") })
        {
            (await privacy.Client.PutAsync(
                $"/api/privacy/people/{person}/consents/direct-mail", new { given = true, policySet = 1 }))
                .EnsureSuccessStatusCode();
            using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
            (await officer.PostWithKeyAsync($"/api/privacy/people/{person}/requests", new { kind = "rectification", mandate }))
                .EnsureSuccessStatusCode();
            await LookedAsync(privacy, person, $"user/{person}");
            await privacy.OrderedAsync(person);
            await privacy.EnclosedAsync(person);
        }

        await FileAsync(owner, "access");
        await Until.TrueAsync(
            async () => (await new Exporting(privacy).TellAsync(account, login)).Of("export-secret.number").Count == 1,
            "it has a key");

        var told = await new Exporting(privacy).TellAsync(account, login);

        ToldExtensions.DeclaredBy(PrivacyModule.Define())
            // Of somebody at a partner, who is no customer.
            .Except(["partner-erasure-contact.email"], StringComparer.Ordinal)
            .ShouldBeSubsetOf(told.Fields());
        told.Of("agents-mandate.reference").ShouldHaveSingleItem().Value!.ToString().ShouldBe("attorney 17");
        told.Of("opening-details.actor").ShouldHaveSingleItem().Value!.ToString().ShouldBe($"user/{account}");
        var secret = told.Of("export-secret.number").ShouldHaveSingleItem();
        (secret.State, secret.Reason, secret.Value).ShouldBe(("withheld", "secret", null));
        told.Text().ShouldNotContain("stranger");
        told.Text().ShouldNotContain(stranger.ToString());
    }

    [Fact]
    public async Task One_owner_is_not_told_which_other_owner_asked_for_what()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var other = Guid.CreateVersion7();
        using var owner = Owner(privacy);
        using var second = privacy.As(privacy.Issuer.Token(other.ToString("D"), [$"{account:D}:owner"]));
        foreach (var one in (HttpClient[])[owner, second])
        {
            var (_, export) = await FileAsync(one, "access");
            var id = Guid.Parse(export[^36..]);
            await Until.TrueAsync(
                async () => (await privacy.EventsAsync<Privacy.Requests.Exports.ExportOrdered>(id)).Count == 1, "it has a key");
        }

        var told = await new Exporting(privacy).TellAsync(account, login);

        told.Text().ShouldContain(login.ToString());
        told.Text().ShouldNotContain(other.ToString());
    }

    [Fact]
    public async Task What_is_due_for_an_export_that_is_no_more_ends()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        var swept = Guid.CreateVersion7();

        foreach (var kind in new[] { OrderExport.Kind, "tell-person" }) await privacy.SetDueAsync(swept, kind);

        await privacy.NothingDueAsync(swept);
    }

    [Fact]
    public void A_part_is_taken_once_and_an_older_attempt_not_at_all()
    {
        var granted = new ExportGranted(account, account, account, login, ExportKinds.Access, Given.Now);
        var ordered = new Privacy.Requests.Exports.ExportOrdered(granted, ExportCipher.NewKey().Public, null!, Given.Now);
        ExportPartKept Of(string service, int attempt, int number, bool isLast) =>
            new(service, null, attempt, number, isLast, number, Given.Now, Given.Now);
        var export = Export.Create(granted).Apply(ordered);

        KeepPart.Decide(null, Of("orders", 1, 1, isLast: true)).ShouldBe(Decision.Nothing);
        KeepPart.Decide(Export.Create(granted), Of("orders", 1, 1, isLast: true)).ShouldBe(Decision.Nothing);
        export = export.Apply(Of("orders", 2, 2, isLast: true));
        KeepPart.Decide(export, Of("orders", 2, 2, isLast: true)).ShouldBe(Decision.Nothing);
        KeepPart.Decide(export, Of("orders", 1, 1, isLast: true)).ShouldBe(Decision.Nothing);
        export.Parts["orders"].IsWhole.ShouldBeFalse();
        foreach (var service in (string[])["accounts", "domains", "privacy"])
            export = export.Apply(Of(service, 1, 1, isLast: true));
        KeepPart.Decide(export, Of("orders", 2, 1, isLast: false)).Events[^1].ShouldBe(
            new ExportReady(Given.Now, Given.Now.AddDays(7)));
        KeepPart.Decide(export.Apply(new ExportEnded(ExportEnds.PersonErased, Given.Now)), Of("orders", 2, 1, isLast: false))
            .ShouldBe(Decision.Nothing);
    }

    [Fact]
    public void At_its_end_it_is_handed_over_no_more_although_its_key_may_be_destroyed_later()
    {
        var end = Given.Now.AddDays(7);
        var export = Export.Create(new ExportGranted(account, account, account, login, ExportKinds.Access, Given.Now))
            .Apply(new ExportReady(Given.Now, end));
        Refusal? At(DateTimeOffset now) => DownloadExport.WhyNot(export, account, login, isProven: true, now);

        (At(end.AddTicks(-1)), export.StateAt(end.AddTicks(-1))).ShouldBe((null, "ready"));
        (At(end), export.StateAt(end)).ShouldBe((ExportRefusals.Over, "ended"));
    }

    private static Task<Decision> LookedAsync(
        TestService privacy, Guid person, string actor, string purpose = "membership", string ground = "role:technical")
    {
        var opening = Guid.CreateVersion7();
        var register = privacy.Services.GetRequiredService<RecordOpening>();
        return privacy.Services.GetRequiredService<Writer>().WriteAsync(
            opening,
            "test",
            async (work, token) =>
            {
                await register.RecordAsync(
                    work,
                    new OpeningRecorded(opening, person, "accounts", DateTimeOffset.UtcNow, Details: null),
                    new OpeningDetails(actor, "technical", ["contact"], purpose, ground, "ReadContact"),
                    token);
                return Decision.Nothing;
            },
            Token);
    }

    private sealed record Scene(TestService Privacy, Wire Wire, string Export) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Wire.DisposeAsync();
            await Privacy.DisposeAsync();
        }
    }

    private async Task<Scene> ReadyAsync(
        string kind, TimeProvider? clock = null, Func<TestService, Task>? before = null)
    {
        var host = await HostAsync();
        var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(P.ExportOrdered.Name, Token);
        var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, clock: clock, cancellationToken: Token);
        if (before is not null) await before(privacy);
        using var owner = Owner(privacy);
        var (_, export) = await FileAsync(owner, kind);
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var order = ordered.Single();
        await SendAsync(wire, Part<A.ExportPartDelivered>(order, "accounts", 1, isLast: true));
        await SendAsync(wire, Part<O.ExportPartDelivered>(order, "orders", 1, isLast: true));
        await SendAsync(wire, Part<D.ExportPartDelivered>(order, "domains", 1, isLast: true));
        await Until.TrueAsync(async () => (await ReadAsync(owner, export))["state"]!.ToString() == "ready", "it is ready");
        return new Scene(privacy, wire, export);
    }

    private HttpClient Owner(TestService privacy, DateTimeOffset? signedIn = null) => privacy.As(privacy.Issuer.Token(
        login.ToString("D"),
        [$"{account:D}:owner"],
        expires: TimeSpan.FromDays(30),
        claims: claims => claims["auth_time"] = (signedIn ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds()));

    private async Task<(string Request, string Export)> FileAsync(HttpClient owner, string kind)
    {
        var filed = await owner.PostWithKeyAsync($"{Path}/requests", new { kind });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (filed.Headers.Location!.OriginalString, (await filed.JsonAsync())["export"]!.ToString());
    }

    private static async Task<JsonObject> ReadAsync(HttpClient owner, string path) =>
        await (await owner.GetAsync(path, Token)).JsonAsync();

    private static async Task<IReadOnlyList<string>> AnsweredAsync(HttpClient owner, string export) =>
    [
        .. (await ReadAsync(owner, export))["services"]!.AsArray()
            .Where(one => one!["answeredAt"] is not null).Select(one => one!["service"]!.ToString()),
    ];

    private T Part<T>(JsonObject order, string service, int number, bool isLast, int attempt = 1, string value = "any")
        where T : ExportPart, new()
    {
        var id = order["exportId"]!.GetValue<Guid>();
        var key = order["key"].Deserialize<ExportKey>(JsonSerializerOptions.Web)!;
        var datum = new ToldDatum(
            "account-identity.name", "name", "the full name", "identity", "to know", "contract", "until then", "clear", value);
        var line = JsonSerializer.SerializeToUtf8Bytes(
            new ToldHolding("account_opened", account.ToString("D"), Given.Now, [datum]), ToldJson.Default.ToldHolding);
        return new T
        {
            ExportId = id,
            AccountId = account,
            Attempt = attempt,
            Number = number,
            IsLast = isLast,
            Holdings = number,
            AsOf = Given.Now,
            Content = ExportCipher.Encrypt([.. line, (byte)'\n'], key, ExportCipher.PlaceOf(id, service, attempt, number)),
            StreamVersion = 1,
        };
    }

    private static Task SendAsync<T>(Wire wire, T part)
        where T : ExportPart, IContract => wire.PublishAsync(T.WireName, part, Guid.CreateVersion7(), Token);

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

    private static byte[] Repack(Dictionary<string, string> files, string name, string? content)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            var wanted = files.Where(file => file.Key != name).Append(new(name, content!)).Where(file => file.Value != null);
            foreach (var (file, text) in wanted)
            {
                using var entry = zip.CreateEntry(file).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    private static async Task<string?> FaultAsync(byte[] archive, string keys) =>
        (await VerifyExport.VerifyAsync(new MemoryStream(archive), keys)).Fault;

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
}
