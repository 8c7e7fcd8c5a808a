using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace EPerfect.ServiceDefaults;

/// <summary>Writes a problem as it stands, whatever the client says that it accepts. The framework's own writer puts the id of a
/// span in the place of the trace's, which is what operators look for.</summary>
internal sealed class ProblemWriter(IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context) => await context.HttpContext.Response.WriteAsJsonAsync(
        context.ProblemDetails,
        json.Value.SerializerOptions,
        "application/problem+json",
        context.HttpContext.RequestAborted);
}
