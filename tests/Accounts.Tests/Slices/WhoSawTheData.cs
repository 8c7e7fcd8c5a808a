using System.Net;
using EPerfect.Accounts.Tests.Staff;
using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>Who reads of a person without being it stands on record, and says why.</summary>
public sealed class WhoSawTheData(AccountsService accounts) : IClassFixture<AccountsService>
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "ReadAccount", "identity contact")]
    [InlineData("/members", "ReadMembers", "identity")]
    public async Task Given_staff_When_it_reads_with_a_ground_Then_the_groups_are_on_record(
        string what, string operation, string groups)
    {
        var path = await accounts.OpenAsync();
        await accounts.Client.PostWithKeyAsync(
            $"{path}/members/invitations", new { email = AccountsService.NewEmail(), role = "billing" });

        (await ReadAsync(path + what, "ticket:12")).StatusCode.ShouldBe(HttpStatusCode.OK);

        var opened = (await RecordedAsync(path)).Single(one => one.Ground == "ticket:12");
        (opened.Role, opened.Purpose).ShouldBe(("staff/support", "support"));
        opened.Resource.ShouldBe($"{operation}/{AccountsService.IdOf(path)}");
        string.Join(' ', opened.Groups).ShouldBe(groups);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/members")]
    public async Task Given_staff_without_a_ground_Then_it_is_shown_nothing(string what)
    {
        var path = await accounts.OpenAsync();
        await accounts.Client.PostWithKeyAsync(
            $"{path}/members/invitations", new { email = AccountsService.NewEmail(), role = "billing" });

        var answer = await ReadAsync(path + what, ground: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.ProblemCodeAsync()).ShouldBe("ground-required");
        (await RecordedAsync(path)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Given_the_owner_Then_the_own_account_is_read_without_a_record_and_an_invited_address_with_one()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        using var owner = await accounts.Running.PersonAsync(email);
        await owner.GetAsync(path, Token);
        await owner.GetAsync($"{path}/members", Token);
        (await RecordedAsync(path)).ShouldBeEmpty();
        await owner.PostWithKeyAsync(
            $"{path}/members/invitations", new { email = AccountsService.NewEmail(), role = "billing" });

        await owner.GetAsync($"{path}/members", Token);

        var opened = (await RecordedAsync(path)).ShouldHaveSingleItem();
        (opened.Role, opened.Purpose, opened.Ground).ShouldBe(("owner", "membership", "role:owner"));
    }

    [Fact]
    public async Task Given_a_member_for_billing_When_it_reads_the_account_Then_that_is_on_record()
    {
        var path = await accounts.OpenAsync();
        var person = Guid.CreateVersion7();
        await accounts.Running.JoinAsync(AccountsService.IdOf(path), person, "billing");
        using var member = accounts.Running.As(
            accounts.Running.Issuer.Token(person.ToString("D"), [$"{AccountsService.IdOf(path):D}:billing"]));

        (await member.GetAsync(path, Token)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await RecordedAsync(path)).ShouldHaveSingleItem().Role.ShouldBe("billing");
    }

    private async Task<HttpResponseMessage> ReadAsync(string path, string? ground)
    {
        using var staff = await accounts.Running.StaffAsync("support");
        staff.DefaultRequestHeaders.Add("Opening-Purpose", "support");
        if (ground is not null) staff.DefaultRequestHeaders.Add("Opening-Ground", ground);
        return await staff.GetAsync(path, Token);
    }

    private async Task<IEnumerable<OpeningOnRecord>> RecordedAsync(string path) =>
        (await accounts.Running.Services.OpeningsAsync(Token))
            .Where(opened => opened.AccountId == AccountsService.IdOf(path));
}
