using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using JasperFx.Events.Projections;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds a service's part in erasing a person.</summary>
public static class ErasureSetup
{
    /// <summary>Adds it.</summary>
    /// <typeparam name="THoldings">What the service holds.</typeparam>
    /// <typeparam name="TErasure">What it does beside destroying keys.</typeparam>
    /// <param name="definition">The service.</param>
    /// <param name="outside">Schemas that stand for systems outside of the house.</param>
    public static ServiceDefinition Erases<THoldings, TErasure>(
        this ServiceDefinition definition, params IReadOnlyCollection<string> outside)
        where THoldings : class, IHoldings
        where TErasure : class, IErasure => definition
            .Json(ErasureJson.Default)
            .Event<ErasureReceived>("erasure_received")
            .Event<ErasureBegun>("erasure_begun")
            .Event<ErasureSearchPaused>("erasure_search_paused")
            .Event<ErasureSearched>("erasure_searched")
            .Event<ErasureStopped>("erasure_stopped")
            .Event<ErasureKeysDestroyed>("erasure_keys_destroyed")
            .Event<ErasureSearchedAgain>("erasure_searched_again")
            .Event<ErasureHoldEnded>("erasure_hold_ended")
            .Event<ErasureUnchanged>("erasure_unchanged")
            .Event<ErasurePlaceAccepted>("erasure_place_accepted")
            .Event<PersonalDataShredded>("personal_data_shredded")
            .Stream<PersonErasure>()
            .Marten(options => options.Projections.Snapshot<KnownErasure>(SnapshotLifecycle.Inline))
            .Deadlines(e => ErasureDeadlines.Of(e.Data))
            .Runs<ErasePerson>(ErasePerson.Kind)
            .Retains<ErasePerson>(RetentionRules.ClosedAccount)
            .Retains<ErasePerson>(LookedFor.Declared.Retention)
            .Services(services => services
                .AddScoped<IHoldings, THoldings>()
                .AddScoped<IErasure, TErasure>()
                .AddScoped<ErasureSearch>()
                .AddScoped<KeyDestruction>()
                .AddScoped<ErasureWaiting>()
                .AddSingleton<IErasureLedgerSource, KnownErasures>()
                .AddSingleton(provider => new StoreScan(
                    provider.GetRequiredService<NpgsqlDataSource>(), outside, provider.GetRequiredService<TimeProvider>())));

    /// <summary>Says by the service's own contracts what has become of an erasure.</summary>
    /// <typeparam name="TShredded">The person is erased.</typeparam>
    /// <typeparam name="TStopped">Something stands in the way.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition AnswersErasures<TShredded, TStopped>(this ServiceDefinition definition)
        where TShredded : ShreddedAnswer, IContract, new()
        where TStopped : StoppedAnswer, IContract, new() => definition
            .Publishes<TShredded>(TShredded.WireName)
            .Publishes<TStopped>(TStopped.WireName)
            .Outbound(ErasureAnswers.Map<TShredded, TStopped>);

    /// <summary>Begins when Privacy orders it, and goes on when a place is accepted that had stopped it.</summary>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition HearsOfErasures(this ServiceDefinition definition) => definition
        .Reacts<ErasureOrdered, ErasureOrderedReaction>(ErasureOrdered.Name)
        .Reacts<FoundInClearAccepted, FoundInClearAcceptedReaction>(FoundInClearAccepted.Name);

    /// <summary>Names a law or a contract that keeps a group beyond an erasure: what <see cref="IErasure.KeepsAsync"/>
    /// says, under the rule's name. When its period is over the erasure goes on by itself.</summary>
    /// <param name="definition">The service.</param>
    /// <param name="rule">The rule.</param>
    public static ServiceDefinition KeepsLonger(this ServiceDefinition definition, Retention rule) =>
        definition.Retains<ErasePerson>(rule);

    /// <summary>Takes note that a person is to be erased; the rest follows by itself.</summary>
    /// <param name="work">The unit of work of the message.</param>
    /// <param name="stream">The stream of this service's part.</param>
    /// <param name="received">What was heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> ReceiveErasureAsync(
        this UnitOfWork work, Guid stream, ErasureReceived received, CancellationToken cancellationToken) =>
        work.ChangeAsync<PersonErasure>(
            stream, known => known is null ? Decision.Of(received) : Decision.Nothing, cancellationToken);

    /// <summary>Takes note that a place stands in the way of an erasure no more.</summary>
    /// <param name="work">The unit of work of the message.</param>
    /// <param name="stream">The stream of this service's part.</param>
    /// <param name="place">The place.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> AcceptPlaceAsync(
        this UnitOfWork work, Guid stream, AcceptedPlace place, DateTimeOffset now, CancellationToken cancellationToken) =>
        work.ChangeAsync<PersonErasure>(
            stream,
            state => state is { Proven: null } or { Proven.HeldBack.Count: > 0 } && !state.Accepted.Contains(place)
                ? Decision.Of(new ErasurePlaceAccepted(place, now))
                : Decision.Nothing,
            cancellationToken);
}
