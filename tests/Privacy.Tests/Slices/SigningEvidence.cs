using System.Text;
using EPerfect.PersonalData;
using EPerfect.Privacy.Signing;
using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Tests.Slices;

/// <summary>What is signed is verified by anybody who has the published keys, for ever.</summary>
public sealed class SigningEvidence(PostgresServer postgres)
{
    private const string Payload = """{"sub":"a","n":1}""";
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signature_holds_for_exactly_what_was_signed()
    {
        await using var privacy = await StartAsync();

        var signed = await SignAsync(privacy);

        var keys = await KeysAsync(privacy);
        (await VerifyAsync(signed, keys)).ShouldBe(Payload);
        var parts = signed.Split('.');
        var other = Base64UrlEncoder.Encode("""{"sub":"b","n":1}""");
        (await VerifyAsync($"{parts[0]}.{other}.{parts[2]}", keys)).ShouldBeNull();
        var header = Base64UrlEncoder.Decode(parts[0]).Replace("test+jwt", "best+jwt", StringComparison.Ordinal);
        (await VerifyAsync($"{Base64UrlEncoder.Encode(header)}.{parts[1]}.{parts[2]}", keys)).ShouldBeNull();
    }

    [Fact]
    public async Task It_says_what_it_is_and_which_key_made_it()
    {
        await using var privacy = await StartAsync();

        var token = new JsonWebToken(await SignAsync(privacy));

        (token.Typ, token.Alg).ShouldBe(("test+jwt", "ES256"));
        var key = (await KeysAsync(privacy)).Keys.ShouldHaveSingleItem();
        token.Kid.ShouldBe(key.Kid);
        key.Kid.ShouldBe(Base64UrlEncoder.Encode(key.ComputeJwkThumbprint()));
        key.D.ShouldBeNull();
    }

    [Fact]
    public async Task Instances_that_sign_at_once_sign_with_one_key()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var one = await StartAsync(database);
        await using var other = await StartAsync(database);

        var signed = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SignAsync(i % 2 == 0 ? one : other)));

        var key = (await KeysAsync(one)).Keys.ShouldHaveSingleItem().Kid;
        signed.ShouldAllBe(token => new JsonWebToken(token).Kid == key);
    }

    [Fact]
    public async Task A_restart_signs_with_the_same_key()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        string before;
        await using (var privacy = await StartAsync(database)) before = new JsonWebToken(await SignAsync(privacy)).Kid;

        await using var again = await StartAsync(database);

        new JsonWebToken(await SignAsync(again)).Kid.ShouldBe(before);
    }

    [Fact]
    public async Task After_a_year_another_key_signs_and_what_the_old_one_signed_still_holds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var privacy = await StartAsync(clock: clock);
        var old = await SignAsync(privacy);
        clock.Advance(TimeSpan.FromDays(366));

        var young = await SignAsync(privacy);

        var keys = await KeysAsync(privacy);
        keys.Keys.Select(key => key.Kid).ShouldBe([new JsonWebToken(old).Kid, new JsonWebToken(young).Kid]);
        (await VerifyAsync(old, keys)).ShouldBe(Payload);
        (await VerifyAsync(young, keys)).ShouldBe(Payload);
    }

    [Fact]
    public async Task Rotated_all_instances_sign_with_the_new_key_within_a_minute_and_the_old_signature_still_holds()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        await using var one = await StartAsync(database, clock);
        await using var other = await StartAsync(database, clock);
        var old = await SignAsync(one);
        await SignAsync(other);

        var made = await other.Services.GetRequiredService<Signer>().RotateAsync(Token);

        clock.Advance(TimeSpan.FromMinutes(1));
        foreach (var instance in (TestService[])[one, other])
            new JsonWebToken(await SignAsync(instance)).Kid.ShouldBe(made);
        var keys = await KeysAsync(one);
        keys.Keys.Select(key => key.Kid).ShouldBe([new JsonWebToken(old).Kid, made]);
        (await VerifyAsync(old, keys)).ShouldBe(Payload);
    }

    [Fact]
    public async Task It_outlives_the_key_encryption_keys_that_were_there_when_it_was_made()
    {
        await using var database = await postgres.CreateDatabaseAsync("privacy", ct: Token);
        string before;
        await using (var privacy = await StartAsync(database))
        {
            before = new JsonWebToken(await SignAsync(privacy)).Kid;
            var vault = privacy.Services.GetRequiredService<Vault>();
            for (var i = 0; i < 2; i++) await vault.RotateAsync(TimeSpan.Zero, progress: null, Token);
            (await vault.ReportAsync(Token)).Epochs[0].DestroyedAt.ShouldNotBeNull();
        }

        await using var again = await StartAsync(database);

        new JsonWebToken(await SignAsync(again)).Kid.ShouldBe(before);
        (await KeysAsync(again)).Keys.ShouldHaveSingleItem().Kid.ShouldBe(before);
    }

    [Fact]
    public async Task The_private_part_rests_wrapped_and_bound_to_its_key()
    {
        await using var privacy = await StartAsync();
        await SignAsync(privacy);
        await using var session = privacy.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        var made = (await session.Events.FetchLatest<SigningKeys>(SigningKeys.StreamId, Token))!.Newest;
        var vault = privacy.Services.GetRequiredService<Vault>();

        using var opened = await UnwrappedKey.OpenAsync(vault, made, Token);
        await Should.ThrowAsync<TamperSuspectedException>(
            () => UnwrappedKey.OpenAsync(vault, made with { KeyId = "another" }, Token));
        var secret = opened.Secret.ExportParameters(includePrivateParameters: true).D!;
        Base64UrlEncoder.DecodeBytes(made.Secret!.Split('.')[2]).AsSpan().IndexOf(secret).ShouldBe(-1);
    }

    private static Task<string> SignAsync(TestService privacy) =>
        privacy.Services.GetRequiredService<Signer>().SignAsync(Payload, "test+jwt", Token);

    private static async Task<JsonWebKeySet> KeysAsync(TestService privacy)
    {
        using var stranger = privacy.As(token: null);
        return JsonWebKeySet.Create(await stranger.GetStringAsync("/api/privacy/keys", Token));
    }

    private static async Task<string?> VerifyAsync(string signed, JsonWebKeySet keys)
    {
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(signed, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidTypes = ["test+jwt"],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
            RequireExpirationTime = false,
        });
        return result.IsValid ? Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(signed.Split('.')[1])) : null;
    }

    private Task<TestService> StartAsync(TestDatabase? database = null, TimeProvider? clock = null) =>
        TestService.StartAsync(PrivacyModule.Define(), postgres, database: database, clock: clock, cancellationToken: Token);
}
