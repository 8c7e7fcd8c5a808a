using EPerfect.ServiceDefaults;

namespace EPerfect.Operations.Pages;

/// <summary>To the provider and back.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(SignIn.Path, (string? to, HttpResponse response, SignIn signIn) => signIn.Begin(response, to))
            .ExcludeFromDescription()
            .Allow(Access.Anyone);
        app.MapGet("/operations/signed-in", async (HttpContext context, SignIn signIn, CancellationToken ct) =>
            {
                if (await signIn.EndAsync(context, ct) is { } to) context.Response.Redirect(to);
                else await Trouble.NotSignedIn.WriteAsync(context, StatusCodes.Status400BadRequest);
            })
            .ExcludeFromDescription()
            .Allow(Access.Anyone);
    }
}
