using Marten;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Carries the restrictions in force out once more, now and then: a person may have come to be known under a further id, and a
/// restored database of keys knows nothing of them. Where nothing is new, nothing is recorded.
/// </summary>
internal sealed class RestrictionKeeping(
    IServiceScopeFactory scopes, IDocumentStore store, TimeProvider clock, ILogger<RestrictionKeeping> logger)
    : PeriodicWork(TimeSpan.FromMinutes(10), clock, logger)
{
    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        await using var session = store.QuerySession();
        var restricted = await session.Query<PersonRestriction>()
            .Where(person => person.IsRestricted)
            .ToListAsync(cancellationToken);
        foreach (var person in restricted)
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RestrictPerson>().ApplyAsync(person, cancellationToken);
        }
    }
}
