using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Asking;

internal static class AskingSetup
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddAsking(this IServiceCollection services)
    {
        services.AddSingleton<ServiceAddresses>();
        services.AddHttpClient<AskServices>().ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var handler = new SocketsHttpHandler
            {
                ConnectTimeout = ConnectTimeout, AllowAutoRedirect = false, UseCookies = false, UseProxy = false,
            };
            handler.SslOptions.CertificateChainPolicy =
                ServiceAuthorities.From(provider.GetRequiredService<IConfiguration>());
            return handler;
        });
        return services;
    }
}
