using System.Text.Json.Serialization;
using EPerfect.Contracts.Privacy;
using Marten;

namespace EPerfect.ServiceDefaults;

/// <summary>Privacy has a key for what it is told of openings.</summary>
/// <param name="KeyId">Its thumbprint (RFC 7638).</param>
/// <param name="X">The x coordinate, base64url.</param>
/// <param name="Y">The y coordinate, base64url.</param>
/// <param name="MadeAt">The newest is used.</param>
public sealed record OpeningKeyLearned(string KeyId, string X, string Y, DateTimeOffset MadeAt);

/// <summary>The key that this service encrypts for.</summary>
/// <param name="Id">The stream.</param>
/// <param name="Newest">The key.</param>
public sealed record OpeningKey(Guid Id, OpeningKeyLearned Newest)
{
    /// <summary>One for the whole service.</summary>
    public static readonly Guid StreamId = new("0190f3a0-0000-7000-8000-00000000f0e1");

    /// <summary>The first.</summary>
    public static OpeningKey Create(OpeningKeyLearned e) => new(StreamId, e);

    /// <summary>A newer one.</summary>
    public OpeningKey Apply(OpeningKeyLearned e) => this with { Newest = e };

    /// <summary>A message that comes again or late changes nothing.</summary>
    internal static Decision Learn(OpeningKey? known, OpeningKeyLearned heard) =>
        known is null || known.Newest.MadeAt < heard.MadeAt ? Decision.Of(heard) : Decision.Nothing;

    internal static async Task<OpeningKeyLearned?> NewestAsync(IDocumentStore store, CancellationToken cancellationToken)
    {
        await using var session = store.LightweightSession();
        return (await session.Events.FetchLatest<OpeningKey>(StreamId, cancellationToken))?.Newest;
    }
}

/// <summary>Privacy publishes its key: from now on what goes to the register is encrypted for it.</summary>
internal sealed class OpeningKeyReaction : IReaction<OpeningKeyPublished>
{
    public Guid StreamOf(OpeningKeyPublished message) => OpeningKey.StreamId;

    public Task ReactAsync(UnitOfWork work, OpeningKeyPublished message, CancellationToken cancellationToken) =>
        work.ChangeAsync<OpeningKey>(
            OpeningKey.StreamId,
            known => OpeningKey.Learn(known, new(message.KeyId, message.X, message.Y, message.MadeAt)),
            cancellationToken);
}

[JsonSerializable(typeof(OpeningKeyLearned))]
internal sealed partial class OpeningKeyJson : JsonSerializerContext;
