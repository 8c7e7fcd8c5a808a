using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Testing;

/// <summary>Orders an erasure of one service as a message would, and waits for what becomes of it.</summary>
public static class Erasing
{
    /// <summary>Hands it to the service.</summary>
    /// <param name="service">The service.</param>
    /// <param name="account">Whose data.</param>
    /// <param name="erasure">The erasure; a new one if not given.</param>
    /// <returns>The erasure.</returns>
    public static async Task<Guid> OrderErasureAsync(this TestService service, Guid account, Guid? erasure = null)
    {
        var id = erasure ?? Guid.CreateVersion7();
        var now = service.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await service.Services.GetRequiredService<Writer>().WriteAsync(
            id, "test", (work, ct) => work.ReceiveErasureAsync(id, new ErasureReceived(id, account, now), ct), default);
        return id;
    }

    /// <summary>How far the service is.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stream">The stream of the service's part.</param>
    public static async Task<PersonErasure?> ErasureAsync(this TestService service, Guid stream)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return await session.Events.FetchLatest<PersonErasure>(stream);
    }

    /// <summary>Waits until the service has proven it.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stream">The stream of the service's part.</param>
    public static async Task<PersonalDataShredded> ErasedAsync(this TestService service, Guid stream) => await Until.SomeAsync(
        async () => (await service.ErasureAsync(stream))?.Proven, "the person is erased", TimeSpan.FromMinutes(2));

    /// <summary>What happened so far, by its stored names.</summary>
    /// <param name="service">The service.</param>
    /// <param name="stream">The stream of the service's part.</param>
    public static async Task<IReadOnlyList<string>> HappenedAsync(this TestService service, Guid stream)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return [.. (await session.Events.FetchStreamAsync(stream)).Select(e => e.EventTypeName)];
    }
}
