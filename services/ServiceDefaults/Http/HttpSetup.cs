using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EPerfect.ServiceDefaults;

/// <summary>How requests are read and answered.</summary>
internal static class HttpSetup
{
    private const long MostBytes = 64 * 1024;

    public static void Add(WebApplicationBuilder builder, ServiceDefinition definition)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
        });
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(options =>
        {
            StrictJson.Apply(options.SerializerOptions);
            StrictJson.Prefer(options.SerializerOptions, definition.JsonContexts);
        });
        // Bad input is thrown, in every environment, so that one place answers it.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<ExceptionProblems>();
        services.AddSingleton<IProblemDetailsWriter, ProblemWriter>().AddProblemDetails();
        services.AddHttpContextAccessor();
        AccessSetup.Add(builder, definition.KeepsNothing ? null : definition.Name);
        services.AddOpenApi("v1", options =>
        {
            OpenApi.Describe(options, definition);
            OpensPersonalData.Describe(options);
            OpenApiSecurity.Describe(options, definition.Name, builder.Configuration["Identity:Issuer"]!);
        });
    }

    /// <summary>For who has a store.</summary>
    public static void AddCommands(IServiceCollection services) =>
        services.AddScoped<Commands>().AddScoped<Reader>().AddScoped<Openings>();

    public static void Use(WebApplication app)
    {
        MetricsPort.Use(app);
        app.Use((context, next) =>
        {
            // At the last moment: what answers an exception begins with no headers.
            if (Activity.Current?.TraceId.ToHexString() is { } trace)
            {
                context.Response.OnStarting(() =>
                {
                    context.Response.Headers["Trace-Id"] = trace;
                    return Task.CompletedTask;
                });
            }

            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(context =>
            Problems.From(Problems.ForStatus(context.HttpContext.Response.StatusCode)).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<TextGuard>();
        app.UseRouting();
        AccessSetup.Use(app);
        app.UseMiddleware<RequestGuard>();
    }
}
