using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Each request stands for itself: what becomes of one takes nothing from another.</summary>
public sealed class ObjectingTwice(PostgresServer postgres)
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;
    private readonly string person = $"/api/privacy/people/{Guid.CreateVersion7()}";

    [Fact]
    public async Task Weighed_against_the_person_it_holds_on_while_another_waits_and_when_that_is_granted()
    {
        await using var privacy = await StartAsync();
        var (one, two) = (await ObjectAsync(privacy), await ObjectAsync(privacy));

        await WeighAsync(privacy, one, granted: false, "compelling-grounds");
        (await RuleAsync(privacy)).ShouldBe("objected", "the second waits to be weighed");

        await WeighAsync(privacy, two, granted: true, "interest-of-the-person");
        (await RuleAsync(privacy)).ShouldBe("objected", "the second was granted");
    }

    [Fact]
    public async Task Weighed_against_the_person_both_times_the_purpose_goes_on()
    {
        await using var privacy = await StartAsync();
        var (one, two) = (await ObjectAsync(privacy), await ObjectAsync(privacy));

        foreach (var request in (string[])[one, two]) await WeighAsync(privacy, request, granted: false, "legal-claims");

        (await RuleAsync(privacy)).ShouldBe("legitimate-interest");
    }

    [Fact]
    public async Task One_that_is_taken_back_takes_no_other_with_it()
    {
        await using var privacy = await StartAsync();
        var (one, two) = (await ObjectAsync(privacy), await ObjectAsync(privacy));
        await WeighAsync(privacy, one, granted: true, "not-necessary");

        (await privacy.Client.PostWithKeyAsync($"{two}/withdrawal", new { })).EnsureSuccessStatusCode();
        (await RuleAsync(privacy)).ShouldBe("objected", "the first was granted");

        (await privacy.Client.PostWithKeyAsync($"{one}/withdrawal", new { })).EnsureSuccessStatusCode();
        (await RuleAsync(privacy)).ShouldBe("legitimate-interest");
    }

    private async Task<TestService> StartAsync()
    {
        var privacy = await TestService.StartAsync(PrivacyModule.Define(), postgres, cancellationToken: Token);
        (await privacy.Client.PostWithKeyAsync($"{person}/acknowledgements", new { policySet = 1 })).EnsureSuccessStatusCode();
        return privacy;
    }

    private async Task<string> ObjectAsync(TestService privacy)
    {
        var filed = await privacy.Client.PostWithKeyAsync(
            $"{person}/requests", new { kind = "objection", purposes = new[] { "security" } });
        return filed.EnsureSuccessStatusCode().Headers.Location!.OriginalString;
    }

    private static async Task WeighAsync(TestService privacy, string request, bool granted, string ground)
    {
        using var officer = privacy.As(privacy.Issuer.Token(staff: ["privacy-officer"]));
        (await officer.PostWithKeyAsync($"{request}/weighing", new { purpose = "security", granted, ground }))
            .EnsureSuccessStatusCode();
    }

    private async Task<string> RuleAsync(TestService privacy) =>
        (await (await privacy.Client.GetAsync($"{person}/decisions?purpose=security&category=logs", Token)).JsonAsync())
            ["rule"]!.GetValue<string>();
}
