using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Privacy.DataMap.Reactions;
using EPerfect.ServiceDefaults;
using A = EPerfect.Contracts.Accounts;
using C = EPerfect.Contracts.Privacy;
using D = EPerfect.Contracts.Domains;
using O = EPerfect.Contracts.Orders;

namespace EPerfect.Privacy.DataMap;

/// <summary>What the data map and the record of processing consist of.</summary>
internal static class DataMapModule
{
    public static ServiceDefinition WithDataMap(this ServiceDefinition definition) => definition
        .Json(DataMapJson.Default)
        .Event<DataMapGenerated>("data_map_generated")
        .Stream<Map>()
        .DeclaresData<C.DataDeclared>()
        .Hears<A.DataDeclared>()
        .Hears<D.DataDeclared>()
        .Hears<O.DataDeclared>()
        .Hears<C.DataDeclared>()
        .Services(services => services.AddSingleton(RecordTerms.Shipped()))
        .Endpoints(app =>
        {
            var privacy = app.MapGroup("/api/privacy").WithTags("Data map");
            ReadDataMap.MapTo(privacy);
            ReadProcessingRecord.MapTo(privacy);
        });

    private static ServiceDefinition Hears<TDeclared>(this ServiceDefinition definition)
        where TDeclared : C.DataDeclaration, IContract => definition
            .Reacts<TDeclared, DeclaredReaction<TDeclared>>(
                TDeclared.WireName, named: $"{TDeclared.WireName.Split('.')[0]}-data-declared");
}

[JsonSerializable(typeof(DataMapGenerated))]
internal sealed partial class DataMapJson : JsonSerializerContext;
