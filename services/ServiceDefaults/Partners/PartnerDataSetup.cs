using EPerfect.Contracts;
using EPerfect.Contracts.Privacy;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>Adds a service's part in telling partners who a customer is.</summary>
public static class PartnerDataSetup
{
    /// <summary>Encrypts for a partner what Privacy asks for, and answers by the service's own contract.</summary>
    /// <typeparam name="TAnswer">The contract.</typeparam>
    /// <typeparam name="TParts">What the service holds of a customer.</typeparam>
    /// <param name="definition">The service.</param>
    public static ServiceDefinition EnclosesForPartners<TAnswer, TParts>(this ServiceDefinition definition)
        where TAnswer : PartnerDataAnswer, IContract, new()
        where TParts : class, ICustomerParts => definition
            .Json(PartnerDataJson.Default)
            .Event<PartnerDataDue>("partner_data_due")
            .Stream<AnsweredAsk>()
            .Reacts<PartnerDataAsked, PartnerDataAskedReaction>(PartnerDataAsked.Name)
            .Services(services => services.AddSingleton<ICustomerParts, TParts>().AddSingleton<Enclosing>())
            .Publishes<TAnswer>(TAnswer.WireName)
            .Outbound((due, enclosed, version) => new TAnswer
            {
                AskId = due.AskId,
                PartnerId = due.PartnerId,
                AccountId = due.AccountId,
                Enclosed = enclosed,
                EnclosedAt = due.DueAt,
                StreamVersion = version,
            });
}
