using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Accounts;

namespace EPerfect.Accounts.Erasure;

/// <summary>This service's part when a person is erased, or told what is held.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        .Erases<AccountHoldings, AccountErasure>()
        .Services(services => services.AddScoped<LoginErasure>().AddScoped<LoginHoldings>().AddScoped<MailHoldings>())
        .AnswersErasures<C.PersonalDataShredded, C.ErasureStopped>()
        .HearsOfErasures()
        .Exports<C.ExportPartDelivered>()
        .HearsOfExports();
}
