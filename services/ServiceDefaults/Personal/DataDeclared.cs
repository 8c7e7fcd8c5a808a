using System.Text.Json.Serialization;
using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using JasperFx.Events;

namespace EPerfect.ServiceDefaults;

/// <summary>What personal data the running program holds and moves. Stored when it differs from what was stored last, so that
/// the data map is what runs and not what somebody wrote.</summary>
/// <param name="Hash">SHA-256 over the rest, lower-case hex.</param>
/// <param name="Data">Each field.</param>
/// <param name="Moves">Each contract that is sent or received, and each request that takes personal data in.</param>
/// <param name="Rules">The retention rules that the program executes.</param>
/// <param name="DeclaredAt">When.</param>
public sealed record DataDeclared(
    string Hash,
    IReadOnlyList<DeclaredDatum> Data,
    IReadOnlyList<DataMovement> Moves,
    IReadOnlyList<ExecutedRule> Rules,
    DateTimeOffset DeclaredAt)
{
    /// <summary>The name it is stored under, for ever, by every service.</summary>
    public const string StoredAs = "data_declared";
}

/// <summary>What was declared last.</summary>
public sealed record DeclaredState(Guid Id, string Hash)
{
    internal static readonly Guid StreamId = Guid.Parse("0190f3a0-0000-7000-8000-0000000001a1");

    /// <summary>Begins.</summary>
    public static DeclaredState Create(DataDeclared e) => new(StreamId, e.Hash);

    /// <summary>Another program runs.</summary>
    public DeclaredState Apply(DataDeclared e) => this with { Hash = e.Hash };
}

/// <summary>Adds a service's part in the data map.</summary>
public static class DataDeclaredSetup
{
    /// <summary>Publishes, by the service's own contract, what it holds and moves.</summary>
    /// <typeparam name="TDeclared">The contract.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition DeclaresData<TDeclared>(this ServiceDefinition definition)
        where TDeclared : DataDeclaration, IContract, new() => definition
            .Publishes<TDeclared>(TDeclared.WireName)
            .Outbound(Map<TDeclared>);

    private static object? Map<TDeclared>(IEvent e)
        where TDeclared : DataDeclaration, new() => e.Data is not DataDeclared x ? null : new TDeclared
        {
            Hash = x.Hash,
            Data = x.Data,
            Moves = x.Moves,
            Rules = x.Rules,
            DeclaredAt = x.DeclaredAt,
            StreamVersion = e.Version,
        };
}

[JsonSerializable(typeof(DataDeclared))]
internal sealed partial class DataDeclaredJson : JsonSerializerContext;
