using EPerfect.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPerfect.Gateway;

/// <summary>The only door of the platform: routes are in appsettings.json, one concern in each file.</summary>
internal static class Program
{
    public static async Task Main(string[] args)
    {
        await using var app = Build(args);
        await app.RunAsync();
    }

    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        // The routes lie beside the program, wherever it is started from.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        HostingSetup.Add(builder, "gateway");
        Limits.Add(builder);
        HttpsOnly.Add(builder);
        BrowserOrigins.Add(builder);
        Overload.Add(builder);
        RateLimits.Add(builder);
        Tokens.Add(builder);
        GlobalPrivacyControl.Add(builder);
        CookieRegister.Add(builder);
        SharedAnswers.Add(builder);
        Forwarding.Add(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        MetricsPort.Use(app);
        UseDoors(app);
        GatewayHealth.Map(app);
        IndexPage.Map(app);
        ProblemPages.Map(app);
        CookiePage.Map(app);
        ReferencePage.Map(app);
        GlobalPrivacyControl.Map(app);
        Forwarding.Map(app);
        DeclaredAccess.Demand(app);
        RateLimits.DemandClasses(app);
        return app;
    }

    /// <summary>What a request passes, in this order: who is too many is sent away before anything is done for him.</summary>
    private static void UseDoors(WebApplication app)
    {
        TrustedProxies.Use(app);
        AnswerHeaders.Use(app);
        CookieRegister.Use(app);
        TraceContext.Use(app);
        LastResort.Use(app);
        HttpsOnly.Use(app);
        Limits.Use(app);
        app.UseCors();
        RateLimits.UseAddresses(app);
        Overload.Use(app);
        Tokens.Use(app);
        RateLimits.UseClients(app);
        app.UseAuthorization();
        GlobalPrivacyControl.Use(app);
        app.UseOutputCache();
    }
}
