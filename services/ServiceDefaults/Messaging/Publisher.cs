using EPerfect.Contracts.Partners;
using EPerfect.PersonalData;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using JasperFx.Events.Projections;
using Marten;
using Marten.Exceptions;
using Marten.Subscriptions;
using Microsoft.Extensions.Logging;
using Npgsql;
using ApplyEventException = JasperFx.Events.Daemon.ApplyEventException;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// The event store is the outbox. Reads the store in order, maps what is others' business, publishes it with confirms
/// and lets the progress commit afterwards. Killed in between, it publishes again under the same message ids, which
/// consumers recognise. An event that cannot be mapped stops it, loudly: skipping would be losing.
/// </summary>
internal sealed partial class Publisher : SubscriptionBase
{
    public const string SubscriptionName = "publisher";

    internal static readonly TimeSpan PauseBetweenTries = TimeSpan.FromSeconds(1);
    private readonly ServiceDefinition definition;
    private readonly ConfirmedSending sending;
    private readonly Vault vault;
    private readonly Enclosing? enclosing;
    private readonly ILogger<Publisher> logger;

    public Publisher(
        ServiceDefinition definition,
        ConfirmedSending sending,
        Vault vault,
        ILogger<Publisher> logger,
        Enclosing? enclosing = null)
    {
        (this.definition, this.sending, this.vault, this.enclosing, this.logger) =
            (definition, sending, vault, enclosing, logger);
        Name = SubscriptionName;
        Options.BatchSize = 250;
    }

    public override async Task<IChangeListener> ProcessEventsAsync(
        EventRange page, ISubscriptionController controller, IDocumentOperations operations, CancellationToken cancellationToken)
    {
        // Order is kept within a stream. Across streams confirms are awaited together.
        await Task.WhenAll(page.Events
            .GroupBy(e => e.StreamId)
            .Select(stream => PublishAsync(stream, operations.DocumentStore, cancellationToken)));
        return NullChangeListener.Instance;
    }

    private async Task PublishAsync(
        IEnumerable<IEvent> events, IDocumentStore store, CancellationToken cancellationToken)
    {
        foreach (var e in events)
        {
            if (await MappedAsync(e, store, cancellationToken) is not { } message) continue;
            if (!definition.Published.TryGetValue(message.GetType(), out var name))
                throw new InvalidOperationException($"{definition.Name} maps to {message.GetType()} but does not declare it.");
            await sending.SendAsync(e, name, message, cancellationToken);
        }
    }

    /// <summary>What cannot be mapped names its event: whoever mends it looks there.</summary>
    private async Task<object?> MappedAsync(IEvent e, IDocumentStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await MessageOfAsync(e, store, cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ApplyEventException(e, failure);
        }
    }

    private async Task<object?> MessageOfAsync(IEvent e, IDocumentStore store, CancellationToken cancellationToken) =>
        e.Data switch
        {
            PersonalDataOpened opened when definition.OutboundOfOpening is { } map =>
                map(opened, await DetailsAsync(opened, store, cancellationToken), e.Version),
            PartnerDataDue due when definition.OutboundOfEnclosed is { } map =>
                await EnclosedAsync(due, store, cancellationToken) is { } enclosed ? map(due, enclosed, e.Version) : null,
            _ => definition.OutboundOf(e),
        };

    private async Task<CustomerSharedData?> EnclosedAsync(
        PartnerDataDue due, IDocumentStore store, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await enclosing!.OfAsync(due, store, cancellationToken);
            }
            catch (Exception failure) when (ComesBack(failure))
            {
                LogNoValues(due.AskId);
                await Task.Delay(PauseBetweenTries, cancellationToken);
            }
        }
    }

    private static bool ComesBack(Exception failure) =>
        failure is VaultUnavailableException or NpgsqlException or MartenCommandException;

    /// <summary>
    /// From the person's seal to Privacy's, and never in clear between. The register is kept for the person, who may have
    /// restricted all else. Without keys it waits.
    /// </summary>
    private async Task<string?> DetailsAsync(
        PersonalDataOpened opened, IDocumentStore store, CancellationToken cancellationToken)
    {
        while (opened.Details is { } details)
        {
            try
            {
                var found = await vault.OpenAsync(details, RestrictionException.ConsentOfThePerson, cancellationToken);
                if (found is not Opened<OpeningDetails>.Clear(var known)) return null;
                if (await OpeningKey.NewestAsync(store, cancellationToken) is { } key)
                    return OpeningCipher.Encrypt(known, opened.OpeningId, key);
            }
            catch (Exception failure) when (ComesBack(failure))
            {
                // Both come back by themselves.
            }

            LogNoKeys(opened.OpeningId);
            await Task.Delay(PauseBetweenTries, cancellationToken);
        }

        return null;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Opening {OpeningId} waits for the keys of its details, or for Privacy's")]
    private partial void LogNoKeys(Guid openingId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Answer {AskId} for a partner waits for the keys of its values")]
    private partial void LogNoValues(Guid askId);
}
