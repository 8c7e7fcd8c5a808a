using JasperFx;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Weasel.Core;

namespace EPerfect.ServiceDefaults;

/// <summary>The settings of every event store, in one place. Several of Marten's defaults lose data or time; each is
/// named.</summary>
internal static class MartenBaseline
{
    public const string Schema = "store";

    public static void Apply(StoreOptions options, ServiceDefinition definition, TimeProvider clock, bool createSchema)
    {
        options.DatabaseSchemaName = Schema;
        options.AutoCreateSchemaObjects = createSchema ? AutoCreate.CreateOrUpdate : AutoCreate.None;
        options.UseSystemTextJsonForSerialization(
            EnumStorage.AsString,
            Casing.CamelCase,
            json => StrictJson.Prefer(json, definition.JsonContexts));

        var events = options.Events;
        events.TimeProvider = clock;
        events.StreamIdentity = StreamIdentity.AsGuid;
        events.UseMandatoryStreamTypeDeclaration = true;
        // Cold partitions from the first day: adding them later copies the tables.
        events.UseArchivedStreamPartitioning = true;
        events.EnableUniqueIndexOnEventId = true;
        // The loser of a race waits instead of burning a sequence number, which would hold back the publisher.
        events.UseExclusiveLockOnConcurrentAppends = true;
        // Wakes the publisher in milliseconds: one notice a commit, and Writer makes commits few.
        options.Listeners.Add(new AppendNotice());
        foreach (var (index, _) in EventIndexes.Of(definition)) events.IgnoreIndex(index);
        events.MetadataConfig.HeadersEnabled = true;
        events.MetadataConfig.CorrelationIdEnabled = true;
        events.MetadataConfig.CausationIdEnabled = true;
        events.MetadataConfig.UserNameEnabled = true;

        // The daemon would skip what it cannot read: with the store as outbox, that is a lost message.
        options.Projections.Errors.SkipApplyErrors = false;
        options.Projections.Errors.SkipSerializationErrors = false;
        options.Projections.Errors.SkipUnknownEvents = false;

        options.Schema.For<Receipt>().DatabaseSchemaName(Schema).Duplicate(receipt => receipt.At);
        options.Schema.For<KeptErasure>().DatabaseSchemaName(Schema).Index(kept => kept.ShreddedAt);
        RetentionTable.Add(options);
        StoppedEffects.Add(options);
        ShardFailures.Add(options);
        if (definition.DeadlinesOf is { } deadlinesOf)
        {
            options.Storage.ExtendedSchemaObjects.Add(DeadlineTable.In(options));
            options.Projections.Add(new DeadlineProjection(Schema, deadlinesOf), ProjectionLifecycle.Inline);
        }

        definition.Apply(options);
    }
}
