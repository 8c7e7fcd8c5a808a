using EPerfect.Orders.Payment;
using EPerfect.Orders.Provisioning;
using EPerfect.Testing;

namespace EPerfect.Orders.Tests.Rules;

/// <summary>
/// What the payment provider and the provisioner are ever told. The token is the provider's own word for the card; nothing
/// else says anything about a customer, so a correction has nothing to put right there. Who adds to it has to tell of
/// corrections too, and to say so in Privacy (<c>Requests/Rectification</c>).
/// </summary>
public sealed class NothingPersonalLeaves
{
    private static readonly string[] Told =
    [
        "AuthoriseAsync key:Guid token:String amount:Decimal currency:String",
        "CaptureAsync key:Guid authorisationId:String amount:Decimal",
        "VoidAsync authorisationKey:Guid",
        "RefundAsync key:Guid captureId:String amount:Decimal",
    ];

    [Fact, Control("S13")]
    public void A_payment_provider_is_told_amounts_keys_and_its_own_words_and_nothing_else() =>
        Signatures(typeof(IPaymentGateway)).ShouldBe(Told, ignoreOrder: true);

    [Fact]
    public void A_provisioner_is_told_a_plan_and_hosted_names_and_nothing_else() =>
        Signatures(typeof(IHostingProvisioner)).ShouldBe(
            ["ProvisionAsync token:Guid plan:String quantity:Int32 hostedDomains:IReadOnlyList`1"]);

    private static IEnumerable<string> Signatures(Type service) => service.GetMethods()
        .Select(method => string.Join(' ', method.GetParameters()
            .Where(one => one.ParameterType != typeof(CancellationToken))
            .Select(one => $"{one.Name}:{one.ParameterType.Name}")
            .Prepend(method.Name)));
}
