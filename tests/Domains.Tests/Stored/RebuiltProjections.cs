using EPerfect.Domains.Lifecycle;
using EPerfect.Domains.Tests.Slices;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Domains.Tests.Stored;

/// <summary>Read models are disposable: dropped and rebuilt from the events, they are what they were.</summary>
[Collection<DomainsCollection>]
public sealed class RebuiltProjections(DomainsService domains)
{
    private const string List = """
        select id || ' ' || data::text from store.mt_doc_registereddomain
        where data ->> 'name' like '%rebuilt-%' order by 1
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_list_of_domains_is_the_same_after_a_rebuild()
    {
        for (var i = 0; i < 3; i++) await domains.RegisterAsync($"rebuilt-{i}.com");
        await domains.RegisterAsync("timeout-after-rebuilt-3.com");
        var before = await domains.QueryAsync(List);
        before.Count.ShouldBe(4);

        var store = domains.Service.Services.GetRequiredService<IDocumentStore>();
        await store.Advanced.Clean.DeleteDocumentsByTypeAsync(typeof(RegisteredDomain), Token);
        (await domains.QueryAsync(List)).ShouldBeEmpty();
        using var daemon = await store.BuildProjectionDaemonAsync();
        await daemon.RebuildProjectionAsync<RegisteredDomainProjection>(Token);

        (await domains.QueryAsync(List)).ShouldBe(before);
    }
}
