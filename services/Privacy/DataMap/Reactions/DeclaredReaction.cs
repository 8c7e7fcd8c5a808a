using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using EPerfect.ServiceDefaults;

namespace EPerfect.Privacy.DataMap.Reactions;

/// <summary>A service that runs said what it holds and moves.</summary>
internal sealed class DeclaredReaction<TDeclared> : IReaction<TDeclared>
    where TDeclared : DataDeclaration, IContract
{
    public Guid StreamOf(TDeclared message) => Map.StreamId;

    public Task ReactAsync(UnitOfWork work, TDeclared message, CancellationToken cancellationToken) =>
        work.ChangeAsync<Map>(Map.StreamId, map => Map.Take(map, Of(message)), cancellationToken);

    private static DataMapGenerated Of(TDeclared x) => new(
        TDeclared.WireName.Split('.')[0], new(x.Hash, x.Data, x.Moves, x.Rules, x.DeclaredAt), x.StreamVersion);
}
