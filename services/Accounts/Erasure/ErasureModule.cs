using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts.Erasure;

/// <summary>This service's part when a person is erased.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        .Erases<AccountHoldings, AccountErasure>()
        .Services(services => services.AddScoped<LoginErasure>().AddScoped<LoginHoldings>())
        .AnswersErasures<C.PersonalDataShredded, C.ErasureStopped>()
        .HearsOfErasures();
}
