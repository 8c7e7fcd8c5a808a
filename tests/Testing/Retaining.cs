using EPerfect.ServiceDefaults;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Testing;

/// <summary>What a service's retention rules removed, as their events say.</summary>
public static class Retaining
{
    /// <summary>What a rule has removed so far; null if nothing.</summary>
    /// <param name="service">The service.</param>
    /// <param name="rule">The rule's name.</param>
    public static async Task<RetentionHistory?> RemovedByAsync(this TestService service, string rule)
    {
        await using var session = service.Services.GetRequiredService<IDocumentStore>().LightweightSession();
        return await session.Events.FetchLatest<RetentionHistory>(RetentionHistory.StreamOf(rule));
    }
}
