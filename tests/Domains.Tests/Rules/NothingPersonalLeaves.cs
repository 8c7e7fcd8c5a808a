using EPerfect.Domains.Registration.Registry;
using EPerfect.Testing;

namespace EPerfect.Domains.Tests.Rules;

/// <summary>
/// What a registry is ever told. Nothing of it says anything about a registrant, so a correction has nothing to put right
/// there. Who adds to it has to push corrections too, and to say so in Privacy (<c>Requests/Rectification</c>).
/// </summary>
public sealed class NothingPersonalLeaves
{
    private static readonly string[] Told =
    [
        "IsTakenAsync name:DomainName",
        "RegisterAsync name:DomainName years:Int32 contactId:Nullable`1 nameservers:IReadOnlyList`1 idempotencyToken:Guid",
        "UpdateNameserversAsync name:DomainName nameservers:IReadOnlyList`1 idempotencyToken:Guid",
    ];

    [Fact, Control("S13")]
    public void A_registry_is_told_a_name_a_term_hosts_and_the_id_of_a_contact_and_nothing_else() =>
        typeof(IRegistry).GetMethods()
            .Select(method => string.Join(' ', method.GetParameters()
                .Where(one => one.ParameterType != typeof(CancellationToken))
                .Select(one => $"{one.Name}:{one.ParameterType.Name}")
                .Prepend(method.Name)))
            .ShouldBe(Told, ignoreOrder: true);
}
