using System.Security.Cryptography;
using System.Text.Json;
using EPerfect.Contracts.Privacy;
using EPerfect.PersonalData;
using Marten;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace EPerfect.ServiceDefaults;

/// <summary>At start, says what personal data this program holds and moves, if that was not said yet.</summary>
internal sealed class DataDeclaring(ServiceDefinition definition, IDocumentStore store, Writer writer, TimeProvider clock)
    : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var declared = Declare();
        return writer.ChangeAsync<DeclaredState>(
            DeclaredState.StreamId,
            $"{definition.Name}/declare-data",
            last => last?.Hash == declared.Hash ? Decision.Nothing : Decision.Of(declared),
            cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    internal DataDeclared Declare()
    {
        var places = DataPlaces.Of(
            definition, store.Options.AllKnownDocumentTypes().Select(mapping => mapping.DocumentType));
        var declared = DeclaredHere.By(definition, places);
        DeclaredDatum[] data = [.. Sealed(declared, places), .. InClear(declared, places)];
        DataMovement[] moves = [.. Moves().OrderBy(one => (one.Direction, one.Name))];
        ExecutedRule[] rules =
        [
            .. definition.Retained.Select(one => new ExecutedRule(
                one.Rule.Rule, one.Rule.Trigger.ToString(), one.Rule.Period, one.Rule.Ground, one.By.Name))
                .DistinctBy(one => one.Rule).OrderBy(one => one.Rule, StringComparer.Ordinal),
        ];
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes((data, moves, rules).ToTuple()));
        return new DataDeclared(Convert.ToHexStringLower(hash), data, moves, rules, clock.GetUtcNow());
    }

    private static IEnumerable<DeclaredDatum> Sealed(DeclaredHere declared, DataPlaces places) =>
        from declaration in declared.Sealed
        let rests = places.Of(declaration.Alias)
        from field in declaration.Fields
        select new DeclaredDatum(
            declaration.Alias,
            field.Path,
            field.Category.ToString(),
            field.Description,
            "sealed",
            field.Group.ToString(),
            field.Purpose,
            field.LegalBasis,
            field.Retention,
            declaration.Retention.Rule,
            rests);

    private static IEnumerable<DeclaredDatum> InClear(DeclaredHere declared, DataPlaces places) =>
        from declaration in declared.InClear
        select new DeclaredDatum(
            declaration.Alias,
            "",
            declaration.Category.ToString(),
            declaration.Description,
            "clear",
            declaration.Group.ToString(),
            declaration.Purpose,
            declaration.LegalBasis,
            declaration.Retention.Sentence,
            declaration.Retention.Rule,
            places.Of(declaration.Alias));

    private IEnumerable<DataMovement> Moves() =>
    [
        .. definition.Published.Select(contract => new DataMovement("sent", contract.Value, MembersOf(contract.Key))),
        .. definition.Subscriptions.Select(
            subscription => new DataMovement("received", subscription.Event, MembersOf(subscription.Message))),
        .. from endpoint in definition.Mapped
           let body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType
           where body is not null
           let taken = Exposure.In([body])
           where taken.Count > 0
           select new DataMovement(
               "acquired",
               endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? endpoint.DisplayName ?? "unnamed",
               [.. taken.Select(member => member.Split(':')[0])]),
        .. TakenByForms().DistinctBy(move => move.Name),
    ];

    /// <summary>What people type into pages.</summary>
    private IEnumerable<DataMovement> TakenByForms() =>
        from endpoint in definition.Mapped.OfType<RouteEndpoint>()
        let model = endpoint.Metadata.GetMetadata<CompiledPageActionDescriptor>()?.ModelTypeInfo
        where model is not null
        let taken = Exposure.In(
            model!.GetProperties().Where(member => member.IsDefined(typeof(BindPropertyAttribute), inherit: true)))
        where taken.Count > 0
        select new DataMovement(
            "acquired",
            $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}",
            [.. taken.Select(member => member.Split(':')[0])]);

    private static IReadOnlyList<string> MembersOf(Type contract) =>
        [.. contract.GetProperties().Select(member => JsonNamingPolicy.CamelCase.ConvertName(member.Name))];
}
