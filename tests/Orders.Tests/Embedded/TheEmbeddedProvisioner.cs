using EPerfect.Orders.Provisioning;
using EPerfect.Orders.Tests.Slices;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.Orders.Tests.Embedded;

/// <summary>The embedded provisioner is honest: what it set up can be counted from its side, however it
/// answered.</summary>
[Collection(RunningOrders.Name)]
public sealed class TheEmbeddedProvisioner(OrdersService orders)
{
    private IHostingProvisioner Provisioner => orders.Service.Services.GetRequiredService<IHostingProvisioner>();

    [Fact]
    public async Task Asked_by_many_at_once_with_the_same_token_it_sets_up_once()
    {
        var token = Guid.NewGuid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ProvisionAsync(token, "a.com")));

        answers.Distinct().ShouldHaveSingleItem().ShouldBeOfType<ProvisionAnswer.Provisioned>();
        (await LedgerAsync(token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_timeout_after_the_work_has_worked()
    {
        var token = Guid.NewGuid();
        await Should.ThrowAsync<NoAnswerException>(() => ProvisionAsync(token, "timeout-after-a.com"));
        (await LedgerAsync(token)).ShouldBe(1);

        (await ProvisionAsync(token, "timeout-after-a.com")).ShouldBeOfType<ProvisionAnswer.Provisioned>();
        (await LedgerAsync(token)).ShouldBe(1);
    }

    [Fact]
    public async Task A_call_that_breaks_down_before_has_set_nothing_up()
    {
        var token = Guid.NewGuid();
        await Should.ThrowAsync<NoAnswerException>(() => ProvisionAsync(token, "fail-1-a.com"));
        (await LedgerAsync(token)).ShouldBe(0);
        (await ProvisionAsync(token, "fail-1-a.com")).ShouldBeOfType<ProvisionAnswer.Provisioned>();
    }

    [Fact]
    public async Task What_is_refused_stays_refused()
    {
        var token = Guid.NewGuid();
        for (var i = 0; i < 2; i++)
            (await ProvisionAsync(token, "refuse-a.com")).ShouldBe(new ProvisionAnswer.Refused("hosting-refused"));
    }

    private Task<ProvisionAnswer> ProvisionAsync(Guid token, string domain) =>
        Provisioner.ProvisionAsync(token, "perfect-1", 1, [domain], TestContext.Current.CancellationToken);

    private Task<long> LedgerAsync(Guid token) =>
        orders.Service.CountAsync("provisioner.ledger where reason is null and token = $1", token);
}
