using Yarp.ReverseProxy.Forwarder;

namespace EPerfect.Gateway;

/// <summary>What a client hears when a request did not get through: a problem document, never an empty 502 or 504.</summary>
internal static class Outages
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure) return;
        // Half an answer cannot be taken back (the connection was cut), and who has left hears none.
        if (context.Response.HasStarted || context.RequestAborted.IsCancellationRequested) return;
        var service = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        context.Response.Clear();
        await ProblemOf(failure, service).ExecuteAsync(context);
    }

    private static IResult ProblemOf(IForwarderErrorFeature failure, string service) => failure switch
    {
        { Error: ForwarderError.RequestBodyClient, Exception: BadHttpRequestException bad } =>
            GatewayProblems.BadBody(bad.StatusCode),
        { Error: ForwarderError.RequestBodyClient } => GatewayProblems.BadBody(StatusCodes.Status400BadRequest),
        _ => GatewayProblems.Unavailable(service),
    };
}
