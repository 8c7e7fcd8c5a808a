using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.Requests.Exports.Archive;
using EPerfect.Privacy.Requests.Exports.Reactions;
using EPerfect.ServiceDefaults;
using JasperFx.Events;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.Requests.Exports;

/// <summary>What telling a person consists of: the order, the parts, the archive; and the own part.</summary>
internal static class ExportsModule
{
    public static ServiceDefinition WithExports(this ServiceDefinition definition) => definition
        .Json(PersonExportJson.Default)
        .Event<ExportGranted>("export_granted")
        .Event<ExportOrdered>("export_ordered")
        .Event<ExportPartKept>("export_part_kept")
        .Event<ExportReady>("export_ready")
        .Event<ExportDownloaded>("export_downloaded")
        .Event<ExportCalledOff>("export_called_off")
        .Event<ExportEnded>("export_ended")
        .Stream<Export>()
        .Marten(options => options.Schema.For<KeptPart>().Index(part => part.ExportId))
        .Deadlines(Due)
        .Runs<OrderExport>(OrderExport.Kind)
        .Runs<EndExport>(EndExport.Kind)
        .Retains<EndExport>(EndExport.Retention)
        .Publishes<C.ExportOrdered>(C.ExportOrdered.Name)
        .Outbound(Ordered)
        .Exports<C.ExportPartDelivered>()
        .Hears<A.ExportPartDelivered>()
        .Hears<D.ExportPartDelivered>()
        .Hears<O.ExportPartDelivered>()
        .Hears<C.ExportPartDelivered>()
        .Services(services => services
            .AddScoped<PartReader>()
            .AddScoped<ArchiveMaker>()
            .AddScoped<IDisclosures, PartnerDisclosures>())
        .Command(VerifyExport.Word, VerifyExport.RunAsync)
        .Endpoints(app =>
        {
            var exports = app.MapGroup("/api/privacy/people/{accountId:guid}/exports").WithTags("Requests");
            ReadExport.Map(exports);
            DownloadExport.Map(exports);
        });

    private static ServiceDefinition Hears<TPart>(this ServiceDefinition definition)
        where TPart : C.ExportPart, IContract =>
        definition.Reacts<TPart, PartReaction<TPart>>(TPart.WireName, string.Join('-', TPart.WireName.Split('.')[..2]));

    private static object? Ordered(IEvent e) => e.Data is not ExportOrdered x ? null : new C.ExportOrdered(
        x.Order.ExportId, x.Order.AccountId, x.Order.LoginId, x.Order.Kind, x.Key, x.OrderedAt, e.Version);

    private static IEnumerable<DeadlineChange> Due(IEvent e) => e.Data switch
    {
        ExportGranted x => [new DeadlineChange.Set(OrderExport.Kind, x.GrantedAt)],
        ExportOrdered => [new DeadlineChange.Clear(OrderExport.Kind)],
        ExportReady x => [new DeadlineChange.Set(EndExport.Kind, x.EndsAt)],
        ExportCalledOff x =>
            [new DeadlineChange.Clear(OrderExport.Kind), new DeadlineChange.Set(EndExport.Kind, x.CalledOffAt)],
        ExportEnded => [new DeadlineChange.Clear(OrderExport.Kind), new DeadlineChange.Clear(EndExport.Kind)],
        _ => [],
    };
}

[JsonSerializable(typeof(ExportGranted))]
[JsonSerializable(typeof(ExportOrdered))]
[JsonSerializable(typeof(ExportPartKept))]
[JsonSerializable(typeof(ExportReady))]
[JsonSerializable(typeof(ExportDownloaded))]
[JsonSerializable(typeof(ExportCalledOff))]
[JsonSerializable(typeof(ExportEnded))]
internal sealed partial class PersonExportJson : JsonSerializerContext;
