using EPerfect.ServiceDefaults;
using C = EPerfect.Contracts.Orders;

namespace EPerfect.Orders.Erasure;

/// <summary>This service's part when a person is erased, or told what is held.</summary>
internal static class ErasureModule
{
    public static ServiceDefinition WithErasure(this ServiceDefinition definition) => definition
        // The provider's and the provisioner's own books, which stand here only as long as they are embedded.
        .Erases<OrderHoldings, OrderErasure>("payment_gateway", "provisioner")
        .KeepsLonger(OrderErasure.BookKeeping)
        .AnswersErasures<C.PersonalDataShredded, C.ErasureStopped>()
        .HearsOfErasures()
        .Exports<C.ExportPartDelivered>()
        .HearsOfExports();
}
