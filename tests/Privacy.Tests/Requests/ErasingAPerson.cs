using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Recipients;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Privacy orders, all answer, and only then a certificate is signed. The others are played by the test.</summary>
public sealed class ErasingAPerson(PostgresServer postgres, BrokerServer broker)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private static readonly StoreSearch Clean = new(30, 80, 9, 0, 7, 0, SearchedAgain: true);
    private readonly Guid account = Guid.CreateVersion7();

    private string Requests => $"/api/privacy/people/{account}/requests";

    [Fact, Control("M2")]
    public async Task When_all_have_answered_a_certificate_is_signed_that_anybody_can_check()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        var ordered = await wire.HearAsync(P.ErasureOrdered.Name, Token);
        var completed = await wire.HearAsync(ErasureCompleted.Name, Token);
        var clock = new TurnedClock();
        await using var privacy = await TestService.StartAsync(
            PrivacyModule.Define(), postgres, host, clock: clock, cancellationToken: Token);
        await privacy.Client.PutAsync($"/api/privacy/people/{account}/consents/direct-mail", new { given = true, policySet = 1 });
        var vault = privacy.Services.GetRequiredService<Vault>();
        await vault.SealAsync(account, new OpeningDetails("user/1", "billing", ["contact"], "membership", "role", "any"), Token);

        var (request, certificate) = await FileAsync(privacy);
        await Until.TrueAsync(() => Task.FromResult(ordered.Count == 1), "it is ordered");
        var erasure = ordered.Single()["erasureId"]!.GetValue<Guid>();
        certificate.ShouldEndWith(erasure.ToString());
        var early = await privacy.Client.GetAsync(certificate, Token);
        (early.StatusCode, await early.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "certificate-not-yet"));

        // Late, twice, and out of order.
        var until = DateTimeOffset.UtcNow.AddYears(1);
        await SendAsync(wire, InDomains(erasure, 5, new HeldBackGroup("contact", "registration-contract", until)));
        await SendAsync(wire, InDomains(erasure, 3));
        var repeat = Guid.CreateVersion7();
        await wire.PublishAsync(A.PersonalDataShredded.Name, InAccounts(erasure), repeat, Token);
        await wire.PublishAsync(A.PersonalDataShredded.Name, InAccounts(erasure), repeat, Token);
        await wire.PublishAsync(O.PersonalDataShredded.Name, InOrders(erasure), Guid.CreateVersion7(), Token);
        var first = await CertificateAsync(privacy, certificate, number: 1);

        first.IsFinal.ShouldBeFalse();
        first.Stores.Select(store => store.Store).ShouldBe(["accounts", "domains", "orders", "privacy"]);
        first.Stores.SelectMany(store => store.HeldBack).ShouldHaveSingleItem().Ground.ShouldBe("registration-contract");
        first.Subject.ShouldBe(Certificate.SubjectOf(first.Salt, account));
        var read = await (await privacy.Client.GetAsync(request, Token)).JsonAsync();
        read["state"]!.GetValue<string>().ShouldBe("done");
        var held = await privacy.Client.PostWithKeyAsync(Requests, new { kind = "access" });
        held.StatusCode.ShouldBe(HttpStatusCode.Locked);
        var problem = await held.JsonAsync();
        (problem["code"]!.ToString(), problem["ground"]!.ToString()).ShouldBe(("retained", "registration-contract"));
        problem["until"]!.GetValue<DateTimeOffset>().ShouldBe(until, TimeSpan.FromMilliseconds(1));

        await TheCommandSaysSoAsync(privacy, certificate);
        // The registration has ended.
        await SendAsync(wire, InDomains(erasure, 8));
        var second = await CertificateAsync(privacy, certificate, number: 2);
        second.Stores.SelectMany(store => store.HeldBack).ShouldBeEmpty();
        second.IsFinal.ShouldBeFalse("a copy of the own keys can still be read");
        second.Stores.Where(store => !store.UnreadableInCopies).ShouldHaveSingleItem()
            .UnreadableInCopiesFrom!.Value.ShouldBe(clock.GetUtcNow().AddDays(14), TimeSpan.FromMinutes(5));
        var gone = await privacy.Client.PostWithKeyAsync(Requests, new { kind = "access" });
        (gone.StatusCode, await gone.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Gone, "erased"));
        for (var epoch = 0; epoch < 2; epoch++)
            await vault.RotateAsync(TimeSpan.Zero, progress: null, Token);
        clock.Turn(TimeSpan.FromDays(15));
        var final = await CertificateAsync(privacy, certificate, number: 3);
        (final.IsFinal, final.Stores.All(store => store.UnreadableInCopies)).ShouldBe((true, true));
        await Until.TrueAsync(() => Task.FromResult(completed.Count == 3), "it is told each time");
        completed.Select(message => message["isFinal"]!.GetValue<bool>()).ShouldBe([false, false, true]);
        ordered.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_found_something_in_clear_stands_in_the_way_until_it_is_gone()
    {
        var host = await HostAsync();
        await using var wire = await Wire.ConnectAsync(host, Token);
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, host, cancellationToken: Token);
        var (_, certificate) = await FileAsync(privacy);
        var erasure = Guid.Parse(certificate.Split('/')[^1]);
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));

        await wire.PublishAsync(
            A.ErasureStopped.Name,
            new A.ErasureStopped
            {
                ErasureId = erasure, AccountId = account, Places = [new FoundInClear("store.mt_events", "headers", 1)],
                StreamVersion = 3,
            },
            Guid.CreateVersion7(), Token);
        await SendAsync(wire, InDomains(erasure, 5));
        await wire.PublishAsync(O.PersonalDataShredded.Name, InOrders(erasure), Guid.CreateVersion7(), Token);
        await Until.TrueAsync(async () => (await ProgressAsync(officer, erasure)) is ("stopped", 3), "three have answered");

        (await privacy.Client.GetAsync(certificate, Token)).StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var seen = await (await officer.GetAsync($"/api/privacy/erasures/{erasure}", Token)).JsonAsync();
        seen["stopped"]![0]!["places"]![0]!["table"]!.ToString().ShouldBe("store.mt_events");
        await wire.PublishAsync(A.PersonalDataShredded.Name, InAccounts(erasure, version: 5), Guid.CreateVersion7(), Token);
        (await CertificateAsync(privacy, certificate, number: 1)).IsFinal.ShouldBeTrue();
    }

    [Fact]
    public async Task Of_ten_at_once_one_is_ordered_and_the_others_hear_of_it()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10)
            .Select(_ => privacy.Client.PostWithKeyAsync(Requests, new { kind = "erasure" })));

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Created).ShouldBe(1);
        foreach (var other in answers.Where(answer => answer.StatusCode != HttpStatusCode.Created))
            (await other.ProblemCodeAsync()).ShouldBe("erasure-under-way");
    }

    [Fact]
    public async Task Nobody_is_erased_before_it_is_known_who_asks()
    {
        await using var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        using var stale = privacy.As(privacy.Issuer.Token(
            accounts: [$"{account:D}:owner"],
            claims: claims => claims["auth_time"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()));

        var filed = await stale.PostWithKeyAsync(Requests, new { kind = "erasure" });

        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var body = await filed.JsonAsync();
        body["state"]!.GetValue<string>().ShouldBe("acknowledged");
        (await privacy.Client.GetAsync(body["certificate"]!.GetValue<string>(), Token)).StatusCode
            .ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public void A_certificate_that_contradicts_itself_is_not_believed()
    {
        CertifiedStore Store(string name, SearchResult search, params HeldBack[] held) =>
            new(name, [], held, [], search, Given.Now, UnreadableInCopies: true, Given.Now);
        Certificate With(CertifiedStore accounts, Certificate all) => all with { Stores = [accounts, .. all.Stores.Skip(1)] };
        var clean = new SearchResult(30, 80, 9, 0, 7, 0, SearchedAgain: true);
        var good = new Certificate(
            account, 1, IsFinal: true, "salt", "subject", Given.Now, Given.Now,
            [.. ErasureOfPerson.Stores.Select(name => Store(name, clean))], []);
        good.Fault().ShouldBeNull();
        (good with { Stores = [.. good.Stores.Skip(1)] }).Fault().ShouldBe("accounts has not answered");
        With(Store("accounts", clean with { Plaintext = 1 }), good).Fault().ShouldBe("accounts found data in clear");
        With(Store("accounts", clean with { Readable = 1 }), good).Fault().ShouldNotBeNull();
        With(Store("accounts", clean, new HeldBack("billing", "tax-law", Given.Now)), good).Fault().ShouldNotBeNull();
        var copied = Store("accounts", clean) with { UnreadableInCopies = false, UnreadableInCopiesFrom = Given.Now.AddDays(14) };
        With(copied, good).Fault().ShouldBe("it says that it is final, and copies of the keys of accounts can be read");
        With(copied, good with { IsFinal = false }).Fault().ShouldBeNull();
        With(copied with { UnreadableInCopies = true }, good).Fault().ShouldNotBeNull("from a day to come");
        VerifyCertificate.Line(copied).ShouldContain("copies of its keys CAN BE READ until 2026-03-15 12:00:00Z at the latest");
        VerifyCertificate.Line(copied with { UnreadableInCopiesFrom = null }).ShouldContain("CAN BE READ until what wraps them");
        VerifyCertificate.Line(Store("accounts", clean)).ShouldContain("no copy of its keys can be read since 2026-03-01");
        CertifiedStore Blind(string group) =>
            Store("accounts", clean with { Texts = 0 }) with { Destroyed = [new(group, 1, [1], Given.Now)] };
        With(Blind("identity"), good).Fault().ShouldBe("accounts destroyed names and addresses, and looked for none of them");
        With(Blind("logs"), good).Fault().ShouldBeNull();
        VerifyCertificate.Line(Blind("logs")).ShouldContain("NOTHING WAS LOOKED FOR IN CLEAR");
        VerifyCertificate.Line(Store("accounts", clean with { SearchedAgain = false })).ShouldContain("NOT LOOKED FOR AGAIN");
        VerifyCertificate.Line(Store("accounts", clean)).ShouldNotContain("LOOKED FOR IN CLEAR");
    }

    [Fact]
    public void An_answer_that_came_while_the_certificate_was_signed_is_certified_next()
    {
        StoreProof Of(string store, long version, params HeldBack[] held) => new(
            store, [], held, [], new SearchResult(30, 80, 9, 0, 7, held.Length, SearchedAgain: true), Given.Now, version);
        var order = new EPerfect.Privacy.Requests.Erasure.ErasureOrdered(
            Guid.CreateVersion7(), Guid.CreateVersion7(), account, Given.Now);
        var read = ErasureOfPerson.Stores.Aggregate(
            ErasureOfPerson.Create(order).Apply(new RecipientsTold([], Given.Now, Given.Now)),
            (state, store) => state.Apply(new StoreErased(Of(store, 5, new HeldBack("billing", "tax-law", Given.Now)))));
        var certified = new ErasureCertified(1, "jws", IsFinal: false, Given.Now);

        CertifyErasure.Decide(read, read, certified).ShouldBe(Decision.Of(certified));
        var newer = read.Apply(new StoreErased(Of("domains", 8)));
        CertifyErasure.Decide(newer, read, certified).ShouldBe(Decision.Nothing, "its own deadline would be cleared");
        CertifyErasure.Decide(newer, newer, certified).ShouldBe(Decision.Of(certified));
        CertifyErasure.Decide(read.Apply(certified), read, certified).ShouldBe(Decision.Nothing);
    }

    private async Task<(string Request, string Certificate)> FileAsync(TestService privacy)
    {
        var filed = await privacy.Client.PostWithKeyAsync(Requests, new { kind = "erasure" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created);
        return (filed.Headers.Location!.OriginalString, (await filed.JsonAsync())["certificate"]!.GetValue<string>());
    }

    private async Task TheCommandSaysSoAsync(TestService privacy, string path)
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        string Of(string name, string text)
        {
            File.WriteAllText(Path.Join(folder, name), text);
            return Path.Join(folder, name);
        }

        var jws = await privacy.Client.GetStringAsync(path, Token);
        var (good, keys) = (Of("jws", jws + "\n"), Of("keys", await privacy.Client.GetStringAsync("/api/privacy/keys", Token)));
        var (cut, others) = (Of("cut", jws[..(jws.Length / 2)]), Of("others", OtherKeys));
        (await VerifyCertificate.RunAsync([good, "--keys", keys])).ShouldBe(0);
        (await VerifyCertificate.RunAsync([good, "--keys", keys, "--account", $"{account}"])).ShouldBe(0);
        (await VerifyCertificate.RunAsync([good, "--keys", keys, "--account", $"{Guid.NewGuid()}"])).ShouldBe(1);
        (await VerifyCertificate.RunAsync([cut, "--keys", keys])).ShouldBe(1);
        (await VerifyCertificate.RunAsync([keys, "--keys", keys])).ShouldBe(1);
        (await VerifyCertificate.RunAsync([good, "--keys", others])).ShouldBe(1);
        (await VerifyCertificate.RunAsync([good, "--keys", good])).ShouldBe(2);
        (await VerifyCertificate.RunAsync([good, "--keys", Of("none", """{"keys":[]}""")])).ShouldBe(2);
        (await VerifyCertificate.RunAsync([good + ".missing", "--keys", keys])).ShouldBe(2);
        (await VerifyCertificate.RunAsync([good, "--keys", keys, "--account", "me"])).ShouldBe(2);
        (await VerifyCertificate.RunAsync([good])).ShouldBe(2);
        (await VerifyCertificate.RunAsync(["--help"])).ShouldBe(0);
        Directory.Delete(folder, recursive: true);
    }

    private static string OtherKeys
    {
        get
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var point = pair.ExportParameters(includePrivateParameters: false).Q;
            var (x, y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
            return $$"""{"keys":[{"kty":"EC","crv":"P-256","x":"{{x}}","y":"{{y}}","kid":"other"}]}""";
        }
    }

    /// <summary>Fetched by nobody in particular, checked with the published keys; altered, it is not believed.</summary>
    private static async Task<Certificate> CertificateAsync(TestService privacy, string path, int number)
    {
        using var nobody = privacy.As(token: null);
        Certificate? found = null;
        await Until.TrueAsync(
            async () =>
            {
                var answer = await nobody.GetAsync(path, Token);
                if (!answer.IsSuccessStatusCode) return false;
                var jws = await answer.Content.ReadAsStringAsync(Token);
                var keys = await nobody.GetStringAsync("/api/privacy/keys", Token);
                var (certificate, fault) = await VerifyCertificate.VerifyAsync(jws, keys);
                fault.ShouldBeNull();
                (await AlteredAndBelievedAsync(jws, keys)).ShouldBeEmpty();
                found = certificate;
                return certificate!.Number == number;
            },
            $"certificate {number} is there");
        return found!;
    }

    /// <summary>One character after the other is changed, and each must be noticed.</summary>
    private static async Task<IReadOnlyList<int>> AlteredAndBelievedAsync(string jws, string keys)
    {
        var believed = new List<int>();
        for (var i = 0; i < jws.Length; i++)
        {
            var altered = $"{jws[..i]}{(jws[i] == 'A' ? 'B' : 'A')}{jws[(i + 1)..]}";
            if ((await VerifyCertificate.VerifyAsync(altered, keys)).Fault is null) believed.Add(i);
        }

        return believed;
    }

    private static async Task<(string, int)> ProgressAsync(HttpClient officer, Guid erasure)
    {
        var seen = await (await officer.GetAsync($"/api/privacy/erasures/{erasure}", Token)).JsonAsync();
        return (seen["state"]!.GetValue<string>(), seen["answered"]!.AsArray().Count);
    }

    private A.PersonalDataShredded InAccounts(Guid erasure, long version = 5) =>
        Answer<A.PersonalDataShredded>(erasure, version) with { Removed = [new RemovedKind("logins", 1)] };

    private O.PersonalDataShredded InOrders(Guid erasure) => Answer<O.PersonalDataShredded>(erasure, 5);

    private D.PersonalDataShredded InDomains(Guid erasure, long version, params HeldBackGroup[] held) =>
        Answer<D.PersonalDataShredded>(erasure, version) with
        {
            HeldBack = held,
            Search = Clean with { Readable = held.Length },
        };

    private T Answer<T>(Guid erasure, long version)
        where T : ShreddedAnswer, new() => new()
        {
            ErasureId = erasure,
            AccountId = account,
            Groups = Groups,
            Search = Clean,
            UnreadableInCopies = true,
            UnreadableInCopiesFrom = DateTimeOffset.UtcNow,
            ShreddedAt = DateTimeOffset.UtcNow,
            StreamVersion = version,
        };

    private static ErasedGroup[] Groups => [new ErasedGroup("identity", 1, [1], DateTimeOffset.UtcNow)];

    private static Task SendAsync(Wire wire, D.PersonalDataShredded message) =>
        wire.PublishAsync(D.PersonalDataShredded.Name, message, Guid.CreateVersion7(), Token);

    private Task<TestVirtualHost> HostAsync() =>
        broker.CreateVirtualHostAsync(Topology.Render([PrivacyModule.Define(), .. OtherServices.All], "any"), Token);
}
