using EPerfect.Contracts.Accounts;
using EPerfect.Privacy.Requests.Rectification;
using EPerfect.Privacy.Requests.Rectification.Reactions;
using EPerfect.Privacy.Tests.Partners;
using EPerfect.Testing;

namespace EPerfect.Privacy.Tests.Requests;

/// <summary>Somebody of whom partners were told corrects the own profile.</summary>
internal static class CorrectionSteps
{
    public static async Task<Guid> AgreedAsync(this TestService privacy) => FeedSteps.IdOf(await privacy.AgreeAsync());

    /// <summary>Somebody of whom these were told.</summary>
    public static async Task<Guid> ToldOfAsync(this TestService privacy, params IReadOnlyList<Guid> partners)
    {
        var person = await privacy.ConsentingAsync();
        await privacy.OrderedAsync(person);
        foreach (var partner in partners)
        {
            using var program = privacy.Program(partner);
            (await program.PullAsync()).Ids().ShouldNotBeEmpty();
        }

        return person;
    }

    /// <summary>The name was wrong.</summary>
    /// <returns>The last correction there is.</returns>
    public static async Task<Guid> CorrectAsync(this TestService privacy, Guid person, long version, TimeProvider clock)
    {
        await privacy.HearAsync(
            new ProfileChangedReaction(clock), new ProfileChanged(person, clock.GetUtcNow(), version, ["name"]));
        return (await privacy.EventsAsync<DataRectified>(Rectifications.StreamOf(person)))[^1].RectificationId;
    }

    public static Task SettledAsync(this TestService privacy, Guid person, int times) => Until.TrueAsync(
        async () => (await privacy.EventsAsync<RectificationSettled>(Rectifications.StreamOf(person))).Count == times,
        $"{times} settled");
}
