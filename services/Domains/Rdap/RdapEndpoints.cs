using EPerfect.ServiceDefaults;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EPerfect.Domains.Rdap;

/// <summary>What /rdap answers: domains, help, and a proper error to all else.</summary>
internal static class RdapEndpoints
{
    public static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(IEndpointRouteBuilder app)
    {
        var rdap = app.MapGroup("/rdap").WithTags("RDAP").AddEndpointFilter(AnswerAsync).Allow(Access.Anyone);
        LookUpDomain.Map(rdap);
        rdap.MapMethods("/help", Reading, Help)
            .WithName("RdapHelp")
            .WithSummary("What this RDAP server is and on what terms it answers")
            .Produces(StatusCodes.Status200OK, contentType: Rdap.MediaType);
        rdap.MapMethods("/{**path}", Reading, NotFound).ExcludeFromDescription();
    }

    private static IResult Help(HttpRequest request, IOptions<DomainsOptions> options) => Rdap.Answer(new
    {
        rdapConformance = Rdap.Conformance,
        notices = Notices.All(options.Value, Rdap.SelfOf(request, options.Value)),
    });

    private static IResult NotFound(HttpRequest request, IOptions<DomainsOptions> options) =>
        Rdap.Error(404, "This server answers for domain and help.", request, options.Value);

    // Readable from any web page; an outage speaks RDAP too.
    private static async ValueTask<object?> AnswerAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        response.Headers.AccessControlAllowOrigin = "*";
        response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            return await next(context);
        }
        catch (Exception away) when (IsOutage(away))
        {
            var options = context.HttpContext.RequestServices.GetRequiredService<IOptions<DomainsOptions>>().Value;
            response.Headers.RetryAfter = "5";
            return Rdap.Error(503, "Try again in a moment.", context.HttpContext.Request, options);
        }
    }

    private static bool IsOutage(Exception? exception) =>
        exception is NpgsqlException or TimeoutException
        || (exception is not null && IsOutage(exception.InnerException));
}
