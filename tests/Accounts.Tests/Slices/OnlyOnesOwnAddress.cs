using System.Net;
using EPerfect.Accounts.Credentials;
using EPerfect.PersonalData;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Accounts.Tests.Slices;

/// <summary>An account takes the address that its owner signs in with. Of all others nothing is told.</summary>
public sealed class OnlyOnesOwnAddress(AccountsService accounts) : IClassFixture<AccountsService>
{
    private TestService Running => accounts.Running;

    [Fact]
    public async Task Opening_with_an_address_that_is_not_ones_own_answers_alike_whosever_it_is()
    {
        using var person = await Running.PersonAsync(AccountsService.NewEmail());
        var answers = new List<string>();
        foreach (var email in await OfOthersAsync())
            answers.Add(await RefusedAsync(await person.PostWithKeyAsync("/api/accounts", AccountsService.Body(email))));
        answers.Add(await OfWhoProvedNothingAsync());

        answers.Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task So_does_changing_a_profile()
    {
        var email = AccountsService.NewEmail();
        var path = await accounts.OpenAsync(email);
        using var person = await Running.PersonAsync(email);
        var answers = new List<string>();
        foreach (var other in await OfOthersAsync())
            answers.Add(await RefusedAsync(await person.PutAsync($"{path}/profile", AccountsService.Profile(other))));
        var unproven = AccountsService.NewEmail();
        using var careless = await Running.PersonAsync(unproven, verified: false);
        await Running.JoinAsync(AccountsService.IdOf(path), await Running.LoginAsync(unproven));
        answers.Add(await RefusedAsync(await careless.PutAsync($"{path}/profile", AccountsService.Profile(unproven))));

        answers.Distinct().ShouldHaveSingleItem();
        (await (await person.GetAsync(path)).JsonAsync())["email"]!.GetValue<string>().ShouldBe(email);
    }

    [Fact]
    public async Task Another_owner_may_leave_the_address_as_it_is_or_put_the_own_one()
    {
        var (first, second) = (AccountsService.NewEmail(), AccountsService.NewEmail());
        var path = await accounts.OpenAsync(first);
        using var owner = await Running.PersonAsync(second);
        await Running.JoinAsync(AccountsService.IdOf(path), await Running.LoginAsync(second));

        (await owner.PutAsync($"{path}/profile", AccountsService.Profile(first))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await owner.PutAsync($"{path}/profile", AccountsService.Profile(second))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        // It is not this owner's, and not the account's any more.
        await RefusedAsync(await owner.PutAsync($"{path}/profile", AccountsService.Profile(first)));
    }

    [Fact]
    public async Task The_profile_follows_a_sign_in_that_has_moved_and_a_repeat_still_gets_the_first_answer()
    {
        var (old, next, key) = (AccountsService.NewEmail(), AccountsService.NewEmail(), Guid.NewGuid().ToString());
        var body = AccountsService.Body(old);
        var opened = await Running.OpenAsync(body, key);
        using var person = await Running.PersonAsync(old);
        await MoveAsync(old, next);

        (await person.PutAsync($"{opened.Headers.Location}/profile", AccountsService.Profile(next))).StatusCode
            .ShouldBe(HttpStatusCode.NoContent);
        (await person.PostWithKeyAsync("/api/accounts", body, key)).Headers.Location.ShouldBe(opened.Headers.Location);
        await RefusedAsync(await person.PostWithKeyAsync("/api/accounts", AccountsService.Body(old)));
    }

    /// <summary>Who has an account, who only signs in, who has not proved it, and who is not here at all.</summary>
    private async Task<string[]> OfOthersAsync()
    {
        var emails = Enumerable.Range(0, 4).Select(_ => AccountsService.NewEmail()).ToArray();
        await accounts.OpenAsync(emails[0]);
        await Running.LoginAsync(emails[1]);
        await Running.LoginAsync(emails[2], verified: false);
        return emails;
    }

    private async Task<string> OfWhoProvedNothingAsync()
    {
        var email = AccountsService.NewEmail();
        using var careless = await Running.PersonAsync(email, verified: false);
        return await RefusedAsync(await careless.PostWithKeyAsync("/api/accounts", AccountsService.Body(email)));
    }

    /// <summary>All that the answer says, but for which request it was.</summary>
    private static async Task<string> RefusedAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await answer.JsonAsync();
        problem["code"]!.GetValue<string>().ShouldBe("email-not-yours");
        foreach (var own in (string[])["traceId", "instance"]) problem.Remove(own);
        return problem.ToJsonString();
    }

    private async Task MoveAsync(string old, string next)
    {
        await using var scope = Running.Services.CreateAsyncScope();
        var login = (await scope.ServiceProvider.GetRequiredService<Logins>().FindAsync(old, default))!;
        login.EmailIndex = accounts.Get<BlindIndex>().ForEmail(next);
        login.SealedEmail = await accounts.Get<Vault>().SealAsync(login.Id, new SignInAddress(next), default);
        await scope.ServiceProvider.GetRequiredService<IdentityDatabase>().SaveChangesAsync();
    }
}
