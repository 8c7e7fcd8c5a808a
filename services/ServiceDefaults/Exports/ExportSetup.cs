using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds a service's part in telling a person what is held. It tells what its <see cref="IHoldings"/> names, which
/// <c>Erases</c> adds.</summary>
public static class ExportSetup
{
    /// <summary>Gathers what is held, and hands it over by the service's own contract.</summary>
    /// <typeparam name="TPart">The contract.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition Exports<TPart>(this ServiceDefinition definition)
        where TPart : ExportPart, IContract, new() => definition
            .Json(ExportJson.Default)
            .Event<ExportReceived>("export_received")
            .Event<ExportBegun>("export_begun")
            .Event<ExportTold>("export_told")
            .Event<ExportPaused>("export_paused")
            .Event<ExportBegunAnew>("export_begun_anew")
            .Event<ExportPartSealed>("export_part_sealed")
            .Stream<PersonExport>()
            .Deadlines(e => ExportDeadlines.Of(e.Data))
            .Runs<TellPerson>(TellPerson.Kind)
            .Services(services => services.AddSingleton<DeclaredTerms>().AddScoped<Teller>())
            .Publishes<TPart>(TPart.WireName)
            .Outbound(ExportAnswers.Map<TPart>);

    /// <summary>Begins when Privacy orders it.</summary>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition HearsOfExports(this ServiceDefinition definition) =>
        definition.Reacts<ExportOrdered, ExportOrderedReaction>(ExportOrdered.Name);

    /// <summary>Takes note that a person is to get what is held; the rest follows by itself.</summary>
    /// <param name="work">The unit of work of the message.</param>
    /// <param name="stream">The stream of this service's part.</param>
    /// <param name="received">What was heard.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static Task<Decision> ReceiveExportAsync(
        this UnitOfWork work, Guid stream, ExportReceived received, CancellationToken cancellationToken) =>
        work.ChangeAsync<PersonExport>(
            stream, known => known is null ? Decision.Of(received) : Decision.Nothing, cancellationToken);
}
