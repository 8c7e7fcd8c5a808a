using System.Collections.Immutable;

namespace EPerfect.Privacy.Requests.Erasure.Recipients;

/// <summary>Who has not said yet that it deleted what it was given of an erased person. A projection: dropped and rebuilt, it
/// is the same.</summary>
internal sealed record UnansweredErasure
{
    public Guid Id { get; init; }

    public DateTimeOffset AnswerBy { get; init; }

    public ImmutableList<ErasureRecipient> Recipients { get; init; } = [];

    /// <summary>Whether anybody has to answer still.</summary>
    public bool IsOpen { get; init; }

    public static UnansweredErasure Create(ErasureOrdered e) => new() { Id = e.ErasureId };

    public UnansweredErasure Apply(RecipientsTold e) =>
        this with { AnswerBy = e.AnswerBy, Recipients = [.. e.Recipients], IsOpen = !e.Recipients.IsEmpty };

    public UnansweredErasure Apply(RecipientGivenTime e) => this with { AnswerBy = e.AnswerBy };

    public UnansweredErasure Apply(RecipientErased e)
    {
        var left = Recipients.RemoveAll(one => one.PartnerId == e.PartnerId);
        return this with { Recipients = left, IsOpen = !left.IsEmpty };
    }
}
