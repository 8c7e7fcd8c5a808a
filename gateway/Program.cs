using EPerfect.ServiceDefaults;

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
        HostingSetup.Add(builder, "gateway");
        Limits.Add(builder);
        Forwarding.Add(builder);
        configure?.Invoke(builder);

        var app = builder.Build();
        AnswerHeaders.Use(app);
        TraceContext.Use(app);
        LastResort.Use(app);
        Limits.Use(app);
        GatewayHealth.Map(app);
        IndexPage.Map(app);
        ProblemPages.Map(app);
        ReferencePage.Map(app);
        Forwarding.Map(app);
        return app;
    }
}
