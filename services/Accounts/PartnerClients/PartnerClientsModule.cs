using EPerfect.ServiceDefaults;
using JasperFx.Events.Projections;

namespace EPerfect.Accounts.PartnerClients;

/// <summary>The programs of partners: Privacy says who is a partner, this lets its programs sign in.</summary>
internal static class PartnerClientsModule
{
    public static ServiceDefinition WithPartnerClients(this ServiceDefinition definition) => definition
        .Event<PartnerClientCreated>("partner_client_created")
        .Event<PartnerClientSecretRotated>("partner_client_secret_rotated")
        .Event<PartnerClientRevoked>("partner_client_revoked")
        .Marten(options =>
        {
            options.Projections.Snapshot<PartnerClient>(SnapshotLifecycle.Inline);
            options.Schema.For<PartnerClient>().Index(client => client.PartnerId);
        })
        .Services(services => services.AddScoped<PartnerClientSecrets>().AddScoped<PartnerTokens>());

    public static void Map(RouteGroupBuilder accounts)
    {
        var clients = accounts.MapGroup("/partners/{partnerId:guid}/clients").WithTags("Partners");
        ListPartnerClients.Map(clients);
        CreatePartnerClient.Map(clients);
        RotatePartnerSecret.Map(clients);
        RevokePartnerClient.Map(clients);
    }
}
