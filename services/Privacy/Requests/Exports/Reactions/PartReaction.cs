using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Requests.Exports.Reactions;

/// <summary>A service hands over a part of an export.</summary>
internal sealed class PartReaction<TPart>(TimeProvider time) : IReaction<TPart>
    where TPart : ExportPart, IContract
{
    public Guid StreamOf(TPart message) => message.ExportId;

    public Task ReactAsync(UnitOfWork work, TPart message, CancellationToken cancellationToken) => KeepPart.KeepAsync(
        work,
        message.ExportId,
        new ExportPartKept(
            TPart.WireName.Split('.')[0],
            message.LoginId,
            message.Attempt,
            message.Number,
            message.IsLast,
            message.Holdings,
            message.AsOf,
            time.GetUtcNow()),
        message.Content,
        cancellationToken);
}
