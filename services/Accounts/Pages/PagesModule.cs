using System.Security.Cryptography;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Net.Http.Headers;

namespace EPerfect.Accounts.Pages;

/// <summary>The pages for people: plain forms that work without script, passkeys apart.</summary>
internal static class PagesModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<SameTime>();
        services.AddSingleton<PageRules>();
        // Before the one of all services, which answers with a problem.
        services.Insert(0, ServiceDescriptor.Singleton<IExceptionHandler, AwayPage>());
        services.AddRazorPages()
            .AddApplicationPart(typeof(PagesModule).Assembly)
            .AddMvcOptions(options =>
            {
                options.Filters.AddService<PageRules>();
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            });
        services.Configure<Microsoft.AspNetCore.Antiforgery.AntiforgeryOptions>(options =>
        {
            options.SuppressXFrameOptionsHeader = true;
            options.FormFieldName = "antiforgery";
            options.HeaderName = null;
        });
        services.Configure<RouteOptions>(options => options.LowercaseUrls = true);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapRazorPages().WithMetadata(BrowserForm.Mark).Allow(Access.Anyone);
        MapFile(app, "site.css", "text/css; charset=utf-8");
        MapFile(app, "passkeys.js", "text/javascript; charset=utf-8");
    }

    /// <summary>Embedded, so that a service finds them wherever it is started.</summary>
    private static void MapFile(IEndpointRouteBuilder app, string name, string type)
    {
        using var stream = typeof(PagesModule).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        app.MapGet($"/identity/{name}", (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=3600";
                response.Headers.XContentTypeOptions = "nosniff";
                return Results.Bytes(bytes, type, entityTag: tag);
            })
            .ExcludeFromDescription()
            .Allow(Access.Anyone);
    }
}
