using EPerfect.Testing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests.Sample;

/// <summary>What tests do to tallies at the sender, and look for at the receiver.</summary>
internal static class Tallies
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Guid> RaiseAsync(this TestService sender, int times, int by = 1)
    {
        var opened = await sender.Client.PostWithKeyAsync("/api/tallies", new { name = "t" });
        var path = opened.Headers.Location!.OriginalString;
        for (var i = 0; i < times; i++) (await sender.Client.PutAsync(path, new { by })).EnsureSuccessStatusCode();
        return Guid.Parse(path[(path.LastIndexOf('/') + 1)..]);
    }

    public static async Task<Tally> TallyAsync(this TestService sender, Guid id) => (await FoldAsync<Tally>(sender, id))!;

    public static Task<Echo?> EchoAsync(this TestService receiver, Guid id) => FoldAsync<Echo>(receiver, id);

    public static Task HeardAsync(this TestService receiver, Guid id, int times) => Until.TrueAsync(
        async () => (await receiver.EchoAsync(id))?.Times == times, $"{times} raises are heard");

    private static async Task<T?> FoldAsync<T>(TestService service, Guid id)
        where T : class
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().QuerySession();
        return await session.Events.AggregateStreamAsync<T>(id, token: Token);
    }
}
