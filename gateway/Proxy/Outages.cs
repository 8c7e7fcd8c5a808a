using Yarp.ReverseProxy.Forwarder;

namespace EPerfect.Gateway;

/// <summary>What a client hears when a request did not get through: a problem, never an empty 502 or 504.</summary>
internal sealed partial class Outages(ILogger<Outages> logger)
{
    public async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is not { } failure) return;
        // Who has left hears no answer.
        if (context.RequestAborted.IsCancellationRequested) return;
        var service = context.GetReverseProxyFeature().Cluster.Config.ClusterId;
        var problem = failure.Error == ForwarderError.RequestBodyClient
            ? GatewayProblems.BadBody(Causes(failure.Exception).OfType<BadHttpRequestException>().FirstOrDefault())
            : Unavailable(service, failure);
        // Half an answer cannot be taken back: the proxy cuts the connection.
        if (context.Response.HasStarted) return;
        context.Response.Clear();
        await problem.ExecuteAsync(context);
    }

    private IResult Unavailable(string service, IForwarderErrorFeature failure)
    {
        LogFailed(service, failure.Error, Causes(failure.Exception).LastOrDefault()?.Message);
        return GatewayProblems.Unavailable(service);
    }

    private static IEnumerable<Exception> Causes(Exception? exception) => exception switch
    {
        null => [],
        AggregateException several => several.InnerExceptions.SelectMany(Causes),
        _ => [exception, .. Causes(exception.InnerException)],
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service} did not answer: {Error}. {Cause}")]
    private partial void LogFailed(string service, ForwarderError error, string? cause);
}
