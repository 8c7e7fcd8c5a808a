using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Domains;

namespace EPerfect.Domains.Erasure;

/// <summary>This service's part when a person is erased, or told what is held.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        // The registry's own tables, which stand here only as long as it is embedded.
        .Erases<DomainHoldings, DomainErasure>("registry")
        .KeepsLonger(DomainErasure.Registered)
        .AnswersErasures<C.PersonalDataShredded, C.ErasureStopped>()
        .HearsOfErasures()
        .Exports<C.ExportPartDelivered>()
        .HearsOfExports();
}
