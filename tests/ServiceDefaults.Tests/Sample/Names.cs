using EPerfect.PersonalData;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults.Tests.Sample;

public sealed record PersonName([Datum(DataCategory.Name, "the name")] string Name) : IPersonalData
{
    public static Declaration Declared { get; } =
        new("person-name", DataGroup.Identity, "to show whose it is", "contract", RetentionRules.ClosedAccount);
}

public sealed record NameGiven(int Number, Sealed<PersonName> Name);

public sealed record Named(Guid Id)
{
    public static Named Create(IEvent<NameGiven> e) => new(e.StreamId);
}

public sealed record NameView(Guid Id, int Number, string Shown);

/// <summary>A service whose view opens what is sealed.</summary>
public static class Names
{
    public static ServiceDefinition Define() => new ServiceDefinition("orders").KeptForTheTest()
        .Event<NameGiven>("name_given")
        .Stream<Named>();

    public static ServiceDefinition Shown() => Define()
        .Services(services => services.AddSingleton<Watched>().ConfigureMarten((provider, options) => options.Projections.Add(
            new NameProjection(provider.GetRequiredService<Vault>(), provider.GetRequiredService<Watched>()),
            ProjectionLifecycle.Async)));
}

/// <summary>Lets a test see and disturb the view.</summary>
public sealed class Watched
{
    public Action<int> Before { get; set; } = _ => { };

    public int Failures { get; set; }
}

public sealed partial class NameProjection : EventProjection
{
    private readonly Vault vault;
    private readonly Watched watched;

    public NameProjection(Vault vault, Watched watched)
    {
        (this.vault, this.watched) = (vault, watched);
        Name = "names";
        Options.DeleteViewTypeOnTeardown<NameView>();
    }

    public override async ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (e.Data is not NameGiven given) return;
        watched.Before(given.Number);
        try
        {
            var opened = await vault.OpenAsync(given.Name, cancellation);
            var shown = opened is Opened<PersonName>.Clear(var name) ? name.Name : "erased";
            operations.Store(new NameView(e.StreamId, given.Number, shown));
        }
        catch (VaultUnavailableException)
        {
            watched.Failures++;
            throw;
        }
    }
}
