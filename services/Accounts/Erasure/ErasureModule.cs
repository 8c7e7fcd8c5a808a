using EPerfect.Accounts.Erasure.Reactions;
using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Accounts;
using P = EPerfect.Contracts.Privacy;

namespace EPerfect.Accounts.Erasure;

/// <summary>This service's part when a person is erased.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        .Erases<AccountHoldings, AccountErasure>()
        .Services(services => services.AddScoped<LoginErasure>().AddScoped<LoginHoldings>())
        .Publishes<C.PersonalDataShredded>(C.PersonalDataShredded.Name)
        .Publishes<C.ErasureStopped>(C.ErasureStopped.Name)
        .Reacts<P.ErasureOrdered, ErasureOrderedReaction>(P.ErasureOrdered.Name);
}
