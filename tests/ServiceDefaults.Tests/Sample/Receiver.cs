using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests.Sample;

public sealed record HeardOpened(Guid Id);

public sealed record Heard(int By);

/// <summary>What the receiver has heard of one tally.</summary>
public sealed record Echo(Guid Id, int Total, int Times)
{
    public static Echo Create(HeardOpened opened) => new(opened.Id, 0, 0);

    public Echo Apply(Heard heard) => this with { Total = Total + heard.By, Times = Times + 1 };
}

/// <summary>A service that adds up what it hears from the sender.</summary>
public static class Receiver
{
    public static ServiceDefinition Define() => new ServiceDefinition("domains").KeptForTheTest()
        .Event<HeardOpened>("heard_opened")
        .Event<Heard>("heard")
        .Stream<Echo>()
        .Services(services => services.AddSingleton<Mood>())
        .Reacts<TallyRaisedV1, EchoReaction>(TallyRaisedV1.Name);
}

/// <summary>Lets a test make the reaction fail.</summary>
public sealed class Mood
{
    private int failures;

    public int FailuresLeft
    {
        get => failures;
        set => failures = value;
    }

    public Func<Exception> Failure { get; set; } = () => new InvalidOperationException("The reaction fails.");

    public void Check()
    {
        if (Interlocked.Decrement(ref failures) >= 0) throw Failure();
    }
}

public sealed class EchoReaction(Mood mood) : IReaction<TallyRaisedV1>
{
    public Guid StreamOf(TallyRaisedV1 message) => message.TallyId;

    public async Task ReactAsync(UnitOfWork work, TallyRaisedV1 message, CancellationToken cancellationToken)
    {
        await work.ChangeAsync<Echo>(
            message.TallyId,
            echo => echo is null
                ? Decision.Of(new HeardOpened(message.TallyId), new Heard(message.By))
                : Decision.Of(new Heard(message.By)),
            cancellationToken);

        // After the append: a failure here must leave neither the effect nor the receipt.
        mood.Check();
    }
}
