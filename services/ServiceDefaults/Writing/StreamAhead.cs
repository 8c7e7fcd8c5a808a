using Marten.Services.BatchQuerying;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The stream that a unit is about to change, told beforehand. What the units of a batch tell is loaded in one trip to the
/// database: each in its turn, the next one waits for all trips before.
/// </summary>
public abstract class StreamAhead
{
    private StreamAhead(Guid id) => Id = id;

    internal Guid Id { get; }

    /// <summary>For <see cref="UnitOfWork.ChangeAsync{T}(Guid,Func{T,Decision},CancellationToken)"/>.</summary>
    /// <typeparam name="T">The aggregate.</typeparam>
    /// <param name="id">The stream.</param>
    public static StreamAhead Of<T>(Guid id)
        where T : class => new Whole<T>(id);

    /// <summary>For <see cref="UnitOfWork.AppendAsync"/>, which needs no more than its version.</summary>
    /// <param name="id">The stream.</param>
    public static StreamAhead VersionOf(Guid id) => new Version(id);

    internal LoadedStream Load(IBatchEvents events) => new(Id, LoadAsync(events));

    private protected abstract Task LoadAsync(IBatchEvents events);

    private sealed class Whole<T>(Guid id) : StreamAhead(id)
        where T : class
    {
        private protected override Task LoadAsync(IBatchEvents events) => events.FetchForWriting<T>(Id);
    }

    private sealed class Version(Guid id) : StreamAhead(id)
    {
        private protected override Task LoadAsync(IBatchEvents events) => events.FetchStreamState(Id);
    }
}

/// <summary>A stream that was loaded before its unit ran.</summary>
internal sealed record LoadedStream(Guid Id, Task Loaded);
