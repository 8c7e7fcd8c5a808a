using System.Net;
using System.Text.Json.Nodes;
using EPerfect.Contracts;
using EPerfect.Contracts.Partners;
using EPerfect.Contracts.Privacy;
using EPerfect.Privacy.Requests.Erasure;
using EPerfect.Privacy.Requests.Erasure.Reactions;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using A = EPerfect.Contracts.Accounts;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>An erasure whose services are played by the test.</summary>
internal static class ErasureSteps
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static HttpClient Owner(this TestService privacy, Guid person, DateTimeOffset signedIn) =>
        privacy.As(privacy.Issuer.Token(
            accounts: [$"{person:D}:owner"], claims: claims => claims["auth_time"] = signedIn.ToUnixTimeSeconds()));

    /// <summary>The person has signed in, and asks for it.</summary>
    public static async Task<Guid> EraseAsync(this TestService privacy, Guid person, TimeProvider? clock = null)
    {
        using var owner = privacy.Owner(person, signedIn: (clock ?? TimeProvider.System).GetUtcNow());
        var filed = await owner.PostWithKeyAsync($"/api/privacy/people/{person}/requests", new { kind = "erasure" });
        filed.StatusCode.ShouldBe(HttpStatusCode.Created, await filed.Content.ReadAsStringAsync(Token));
        return Guid.Parse(((string)(await filed.JsonAsync())["certificate"]!)[^36..]);
    }

    /// <summary>What the four send when they have erased. Without a broker Privacy does not hear its own part either.</summary>
    public static async Task AllServicesAnswerAsync(this TestService privacy, Guid erasure)
    {
        await privacy.AnswersAsync<A.PersonalDataShredded>(erasure);
        await privacy.AnswersAsync<D.PersonalDataShredded>(erasure);
        await privacy.AnswersAsync<O.PersonalDataShredded>(erasure);
        await privacy.AnswersAsync<P.PersonalDataShredded>(erasure);
    }

    /// <summary>The partner takes the event from its feed.</summary>
    public static async Task<JsonObject> ToldOfErasureAsync(this HttpClient program, JsonObject page)
    {
        JsonObject? found = null;
        await Until.TrueAsync(
            async () => (found = (await program.PullAsync($"?after={page["next"]}"))["events"]!.AsArray()
                .Select(e => e!.AsObject())
                .FirstOrDefault(e => (string)e["type"]! == CustomerErasedData.EventType)) is not null,
            "the partner is told");
        return found!;
    }

    public static Task<HttpResponseMessage> AcknowledgeAsync(this HttpClient program, JsonObject e) =>
        program.PostWithKeyAsync("/api/partners/acknowledgements", new { eventId = e["id"]!.GetValue<Guid>() });

    public static async Task<(int, string)> RecordAnswerAsync(this TestService privacy, Guid erasure, Guid partner, string how)
    {
        using var officer = privacy.Staff("privacy-officer");
        var answer = await officer.PostWithKeyAsync(
            $"/api/privacy/erasures/{erasure}/answers", new { partnerId = partner, how });
        return ((int)answer.StatusCode, answer.IsSuccessStatusCode ? "" : await answer.ProblemCodeAsync());
    }

    /// <summary>Fetched by nobody in particular, and checked with the published keys.</summary>
    public static async Task<Certificate> CertificateAsync(this TestService privacy, Guid erasure, int number)
    {
        using var nobody = privacy.As(token: null);
        Certificate? found = null;
        await Until.TrueAsync(
            async () =>
            {
                var answer = await nobody.GetAsync($"/api/privacy/certificates/{erasure}", Token);
                if (!answer.IsSuccessStatusCode) return false;
                var keys = await nobody.GetStringAsync("/api/privacy/keys", Token);
                (found, var fault) = await VerifyCertificate.VerifyAsync(await answer.Content.ReadAsStringAsync(Token), keys);
                fault.ShouldBeNull();
                return found!.Number == number;
            },
            $"certificate {number} is there");
        return found!;
    }

    public static async Task ThereIsNoCertificateAsync(this TestService privacy, Guid erasure, string why)
    {
        await Task.Delay(TimeSpan.FromSeconds(2), Token);
        using var nobody = privacy.As(token: null);
        var answer = await nobody.GetAsync($"/api/privacy/certificates/{erasure}", Token);
        (answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((HttpStatusCode.Conflict, "certificate-not-yet"), why);
    }

    public static async Task<JsonArray> RecipientsAsync(this TestService privacy, Guid erasure)
    {
        using var officer = privacy.Staff("privacy-officer");
        var read = await (await officer.GetAsync($"/api/privacy/erasures/{erasure}", Token)).JsonAsync();
        return read["recipients"]!.AsArray();
    }

    public static async Task<IReadOnlyList<T>> EventsAsync<T>(this TestService privacy, Guid stream)
    {
        await using var session = privacy.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return [.. (await session.Events.FetchStreamAsync(stream, token: Token)).Select(e => e.Data).OfType<T>()];
    }

    public static async Task<string> StateOfPartnerAsync(this TestService privacy, Guid partner) =>
        (string)(await privacy.PartnerAsync($"{PartnerSteps.Registry}/{partner}"))["state"]!;

    private static Task<Decision> AnswersAsync<T>(this TestService privacy, Guid erasure)
        where T : ShreddedAnswer, IContract, new() => privacy.HearAsync(
            new ErasedReaction<T>(TimeProvider.System),
            new T
            {
                ErasureId = erasure,
                Search = new StoreSearch(30, 80, 9, 0, 7, 0, SearchedAgain: true),
                UnreadableInCopies = true,
                UnreadableInCopiesFrom = DateTimeOffset.UtcNow,
                ShreddedAt = DateTimeOffset.UtcNow,
                StreamVersion = 50,
            });
}
