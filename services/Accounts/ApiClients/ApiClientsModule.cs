using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.ApiClients;

internal static class ApiClientsModule
{
    public static ServiceDefinition WithApiClients(this ServiceDefinition definition) => definition
        .Event<ApiClientCreated>("api_client_created")
        .Event<ApiClientRevoked>("api_client_revoked")
        .Marten(options => options.Schema.For<ApiClientUse>())
        .Services(services => services.AddScoped<ApiClientSecrets>().AddScoped<ClientTokens>());

    public static void Map(RouteGroupBuilder accounts)
    {
        var clients = accounts.MapGroup("/{accountId:guid}/clients");
        ListApiClients.Map(clients);
        CreateApiClient.Map(clients);
        RevokeApiClient.Map(clients);
    }
}
