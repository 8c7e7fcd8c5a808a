using EPerfect.Contracts.Partners;
using EPerfect.Privacy.Partners.Agreements;
using EPerfect.Privacy.Partners.Feed;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.Partners.Sandbox;

/// <summary>What happens to a synthetic person, told to one partner alone. Of the same types and members as what happens to
/// others.</summary>
/// <param name="Person">Who.</param>
/// <param name="Partner">Who alone may hear of it.</param>
/// <param name="Now">When it ends; each step is a second after the one before.</param>
internal sealed record SandboxStory(Guid Person, Partner Partner, DateTimeOffset Now)
{
    public const string Currency = "EUR";

    /// <summary>What tells it from any other of its type: what happens once to somebody has no name of its own.</summary>
    public string Cause { get; init; } = $"{Person:D}";

    /// <summary>The same for a repeat.</summary>
    public Guid Id(string what) => DeterministicId.From(Person, what);

    public DateTimeOffset Before(int seconds) => Now.AddSeconds(-seconds);

    public FeedEntryRecorded Entry<TData>(TData data, DateTimeOffset at)
        where TData : IPartnerData => RecordEntry.Entry(Person, Cause, data, at, onlyFor: Partner.Id);
}
