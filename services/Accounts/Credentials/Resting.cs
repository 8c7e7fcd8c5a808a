using Microsoft.Extensions.Caching.Memory;

namespace EPerfect.Accounts.Credentials;

/// <summary>What was found to rest a moment ago: whoever knocks on without pause does not reach the database. Only for a
/// moment, because another instance may have woken it.</summary>
internal sealed class Resting(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(3);

    private readonly MemoryCache seen = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public bool Contains(string key) => seen.TryGetValue(key, out DateTimeOffset until) && clock.GetUtcNow() < until;

    public void Add(string key, DateTimeOffset restsUntil)
    {
        var soon = clock.GetUtcNow() + Moment;
        var entry = new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = Moment };
        seen.Set(key, restsUntil < soon ? restsUntil : soon, entry);
    }

    public void Remove(string key) => seen.Remove(key);

    public void Dispose() => seen.Dispose();
}
