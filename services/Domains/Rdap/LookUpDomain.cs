using EPerfect.Domains.Contacts;
using EPerfect.Domains.Names;
using EPerfect.Domains.Registration;
using EPerfect.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace EPerfect.Domains.Rdap;

/// <summary>GET and HEAD /rdap/domain/{name}: case and script of the query do not matter.</summary>
internal static class LookUpDomain
{
    public static void Map(RouteGroupBuilder rdap) => rdap
        .MapMethods("/domain/{name}", RdapEndpoints.Reading, HandleAsync)
        .WithName("RdapDomain")
        .WithSummary("The public registration data of a domain (RFC 9083), the registrant redacted (RFC 9537)")
        .Produces(StatusCodes.Status200OK, contentType: Rdap.MediaType)
        .Produces(StatusCodes.Status400BadRequest, contentType: Rdap.MediaType)
        .Produces(StatusCodes.Status404NotFound, contentType: Rdap.MediaType);

    private static async Task<IResult> HandleAsync(
        string name,
        HttpRequest request,
        Reader reader,
        IOptions<DomainsOptions> options,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        if (!DomainName.TryParse(name, out var domainName))
            return Rdap.Error(400, "This is not a domain name.", request, options.Value);
        var domain = await reader.LatestAsync<Domain>(DomainId.Of(domainName), cancellationToken);
        if (domain?.Registration is not { } held)
            return Rdap.Error(404, "No such domain is registered here.", request, options.Value);
        var contact = await reader.LatestAsync<Contact>(held.ContactId, cancellationToken);
        var self = Rdap.SelfOf(request, options.Value);
        request.HttpContext.Response.Headers.CacheControl = PublicAnswers.SharedForOneSecond;
        return Rdap.Answer(DomainDocument.Of(
            domain, held, contact?.Country ?? "", self, options.Value, clock.GetUtcNow()));
    }
}
