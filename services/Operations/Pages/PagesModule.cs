using System.Security.Cryptography;
using EPerfect.ServiceDefaults;
using Microsoft.AspNetCore.Antiforgery;

namespace EPerfect.Operations.Pages;

/// <summary>The pages for operators: plain forms and tables, without any script.</summary>
internal static class PagesModule
{
    public static void Add(IServiceCollection services)
    {
        FormKeys.Add(services);
        services.AddSingleton<SignIn>().AddSingleton<PageRules>();
        services.AddHttpClient(nameof(SignIn));
        CookieTokens.Add(services);
        PageAnswers.Add(services);
        services.AddRazorPages()
            .AddApplicationPart(typeof(PagesModule).Assembly)
            .AddMvcOptions(options =>
            {
                options.Filters.AddService<PageRules>();
                options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true;
            });
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<SignIn, IConfiguration>((options, signIn, configuration) =>
        {
            options.SuppressXFrameOptionsHeader = true;
            options.FormFieldName = "antiforgery";
            options.HeaderName = null;
            options.Cookie.Name = signIn.Antiforgery;
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.Cookie.Path = "/";
            options.Cookie.SecurePolicy = new Uri(configuration["Identity:Issuer"]!).Scheme == Uri.UriSchemeHttps
                ? CookieSecurePolicy.Always
                : CookieSecurePolicy.None;
        });
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapRazorPages().WithMetadata(BrowserForm.Mark).Allow(Access.Of(StaffRole.Operator));
        SignInRoutes.Map(app);
        // Embedded, so that it is found wherever the program is started.
        using var stream = typeof(PagesModule).Assembly.GetManifestResourceStream("operations.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        var bytes = copy.ToArray();
        var tag = new Microsoft.Net.Http.Headers.EntityTagHeaderValue(
            $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]}\"");
        app.MapGet("/operations/operations.css", (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=3600";
                response.Headers.XContentTypeOptions = "nosniff";
                return Results.Bytes(bytes, "text/css; charset=utf-8", entityTag: tag);
            })
            .ExcludeFromDescription()
            .Allow(Access.Anyone);
    }
}
