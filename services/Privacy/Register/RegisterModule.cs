using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Register.Keys;
using EPerfect.Privacy.Register.Offline;
using EPerfect.Privacy.Register.Reactions;
using EPerfect.Privacy.Register.Reading;
using EPerfect.Privacy.Register.Recording;
using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;

namespace EPerfect.Privacy.Register;

/// <summary>What the register of openings consists of.</summary>
internal static class RegisterModule
{
    /// <summary>The name that an entry is stored under.</summary>
    public const string OpeningRecordedAs = "opening_recorded";

    public static ServiceDefinition WithRegister(this ServiceDefinition definition) => definition
        .Json(RegisterJson.Default)
        .Event<OpeningRecorded>(OpeningRecordedAs)
        .Event<RegisterBegun>("register_begun")
        .Event<CheckpointSigned>("checkpoint_signed")
        .Stream<RecordedOpening>()
        .Stream<CheckpointLog>()
        .Reacts<A.PersonalDataOpened, OpenedInAccountsReaction>(
            A.PersonalDataOpened.Name, named: "accounts-personal-data-opened")
        .Reacts<D.PersonalDataOpened, OpenedInDomainsReaction>(
            D.PersonalDataOpened.Name, named: "domains-personal-data-opened")
        .Hears<A.PersonalDataOpenedV2>()
        .Hears<D.PersonalDataOpenedV2>()
        .Event<OpeningKeyMade>("opening_key_made")
        .Stream<OpeningKeys>()
        .Publishes<C.OpeningKeyPublished>(C.OpeningKeyPublished.Name)
        .Runs<SignCheckpoint>(SignCheckpoint.Kind)
        .Marten(options =>
        {
            RegisterTables.Add(options);
            options.Projections.Add(new RegisterProjection(options.DatabaseSchemaName), ProjectionLifecycle.Async);
        })
        .Services(services => services
            .AddSingleton<RecordOpening>()
            .AddSingleton<OpeningKeyRing>()
            .AddHostedService<KeepOpeningKey>()
            .AddSingleton<RegisterLog>()
            .AddSingleton<CheckpointMaker>())
        .Endpoints(app =>
        {
            var register = app.MapGroup("/api/privacy/register").WithTags("Register");
            SignCheckpoint.Map(register);
            ReadCheckpoints.Map(register);
            ReadInclusionProof.Map(register);
            ReadConsistencyProof.Map(register);
            ReadEntries.Map(register);

            var people = app.MapGroup("/api/privacy/people").WithTags("Register");
            ReadOpenings.Map(people);
            ReadInclusionProof.MapOfPerson(people);
        })
        .Command(RegisterCommand.Word, RegisterCommand.RunAsync);

    private static ServiceDefinition Hears<TOpening>(this ServiceDefinition definition)
        where TOpening : C.SealedOpening, IContract => definition.Reacts<TOpening, OpenedReaction<TOpening>>(
            TOpening.WireName, named: TOpening.WireName.Replace('.', '-'));
}

/// <summary>Reads and writes stored events without reflection.</summary>
[JsonSerializable(typeof(OpeningRecorded))]
[JsonSerializable(typeof(OpeningKeyMade))]
[JsonSerializable(typeof(RegisterBegun))]
[JsonSerializable(typeof(CheckpointSigned))]
internal sealed partial class RegisterJson : JsonSerializerContext;
