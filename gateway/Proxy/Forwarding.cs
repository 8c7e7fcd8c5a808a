using EPerfect.ServiceDefaults;
using OpenTelemetry.Instrumentation.Http;
using Yarp.ReverseProxy.Health;

namespace EPerfect.Gateway;

/// <summary>Sends each request to a healthy instance of the service that its route names.</summary>
internal static class Forwarding
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(2);

    public static void Add(WebApplicationBuilder builder)
    {
        var authorities = ServiceAuthorities.From(builder.Configuration);
        builder.Services.AddReverseProxy()
            .LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"))
            .AddConfigFilter<EveryCluster>()
            .AddTransforms(RequestHeaders.Restrict)
            .AddTransforms(SharedAnswers.Judge)
            .ConfigureHttpClient((_, handler) =>
            {
                handler.ConnectTimeout = ConnectTimeout;
                handler.SslOptions.CertificateChainPolicy = authorities;
            });
        builder.Services.AddSingleton<DegradedInstances>().AddSingleton<IActiveHealthCheckPolicy, ReadyOrAnswering>();
        builder.Services.AddSingleton<IAvailableDestinationsPolicy, ReadyFirst>();
        builder.Services.AddSingleton<Outages>().AddSingleton<AnotherInstance>();
        WithoutKeys(builder.Services);
        // Three requests in ten seconds are enough to judge by: a small platform may never get to the default of ten.
        builder.Services.Configure<TransportFailureRateHealthPolicyOptions>(options =>
        {
            options.DetectionWindowSize = TimeSpan.FromSeconds(10);
            options.MinimalTotalCountThreshold = 3;
        });
        // Probes go out every few seconds and say nothing.
        builder.Services.Configure<HttpClientTraceInstrumentationOptions>(options =>
            options.FilterHttpRequestMessage = request =>
                request.RequestUri?.AbsolutePath.StartsWith("/health/", StringComparison.Ordinal) != true);
    }

    public static void Map(WebApplication app)
    {
        app.MapReverseProxy(proxy =>
        {
            proxy.Use(app.Services.GetRequiredService<Outages>().AnswerAsync);
            proxy.Use(app.Services.GetRequiredService<AnotherInstance>().TryAsync);
            proxy.UseLoadBalancing();
            proxy.UsePassiveHealthChecks();
        });
        // Not MapFallback: bound at compile time, that leaves out every address that looks like a file's, whatever its pattern.
        app.Map("{**path}", () => GatewayProblems.NoSuchAddress).WithOrder(int.MaxValue).AllowAnonymous();
    }

    /// <summary>YARP's session affinity is not used, nor the keys that it would write into the home folder.</summary>
    private static void WithoutKeys(IServiceCollection services)
    {
        var makers = services.Where(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Name == "DataProtectionHostedService");
        foreach (var maker in makers.ToList()) services.Remove(maker);
    }
}
