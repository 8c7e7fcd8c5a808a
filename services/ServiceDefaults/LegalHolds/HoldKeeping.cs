using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Places the holds in force once more, now and then: a person may have come to be known under a further id, and a restored
/// database of keys knows nothing of them. Where nothing is new, nothing is recorded.
/// </summary>
internal sealed class HoldKeeping(
    IServiceScopeFactory scopes, IDocumentStore store, TimeProvider clock, ILogger<HoldKeeping> logger)
    : PeriodicWork(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var held = await session.Query<PersonHold>().Where(hold => hold.IsHeld).ToListAsync(cancellationToken);
        foreach (var hold in held)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<HoldPerson>().ApplyAsync(hold, cancellationToken);
        }
    }
}
