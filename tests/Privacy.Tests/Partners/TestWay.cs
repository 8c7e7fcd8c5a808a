using System.Collections.Concurrent;
using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;
using EPerfect.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>A way that takes down what it is given, and answers as a test wants it.</summary>
internal sealed class TestWay : IFeedWay
{
    private readonly ConcurrentQueue<(Guid Partner, CloudEvent Event)> given = new();

    public string Name { get; init; } = "test";

    public int MostAtOnce { get; init; } = 1;

    public Func<Parcel, CancellationToken, Task<Sending>> Answer { get; set; } =
        (parcel, _) => Task.FromResult(new Sending(parcel.Events.Count));

    public async Task<Sending> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        foreach (var one in parcel.Events) given.Enqueue((parcel.PartnerId, one));
        return await Answer(parcel, cancellationToken);
    }

    /// <summary>Each time that something was given to it, in order.</summary>
    public IReadOnlyList<Guid> To(Guid partner) =>
        [.. given.Where(one => one.Partner == partner).Select(one => Guid.Parse(one.Event.Id))];

    public Task HasGotAsync(Guid partner, IReadOnlyList<Guid> ids) => Until.TrueAsync(
        () => Task.FromResult(ids.Except(To(partner)).Any() is false), $"all of {ids.Count} events came");

    public Task OnAsync(TestService privacy, Guid partner, long after = 0) =>
        privacy.InOneUnitAsync(work => FeedProgress.TurnOn(work, partner, Name, after));
}

internal static class TestWaySteps
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    public static Task<Decision> InOneUnitAsync(this TestService privacy, Action<UnitOfWork> write) =>
        privacy.Services.GetRequiredService<Writer>().WriteAsync(
            Guid.CreateVersion7(),
            "test",
            (work, _) =>
            {
                write(work);
                return Task.FromResult(Decision.Nothing);
            },
            Token);

    public static async Task<FeedProgress> ProgressAsync(this TestService privacy, Guid partner, string way) =>
        (await privacy.Services.GetRequiredService<FeedProgressStore>().FindAsync(partner, way, Token))!;

    public static async Task<IReadOnlyList<Guid>> OrderedAsync(this TestService privacy, Guid person, int count)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++) ids.Add((await privacy.OrderedAsync(person)).EntryId);
        return ids;
    }
}
