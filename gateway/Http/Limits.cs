namespace EPerfect.Gateway;

/// <summary>How much a client may send, how slowly, and by which methods.</summary>
internal static class Limits
{
    public const long MostBodyBytes = 64 * 1024;
    public const int MostHeaderBytes = 16 * 1024;
    public const int MostHeaders = 64;

    public static IReadOnlyList<string> Methods { get; } = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    public static void Add(WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        // Twice what is taken: up to there the answer can be a problem document, beyond it is a bare 431.
        kestrel.Limits.MaxRequestHeadersTotalSize = 2 * MostHeaderBytes;
        kestrel.Limits.MaxRequestHeaderCount = 2 * MostHeaders;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(75);
        // The largest body is here within 16 seconds, or its sender would hold a place for minutes.
        kestrel.Limits.MinRequestBodyDataRate = new(bytesPerSecond: 4096, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    });

    /// <summary>What is announced as too large is refused before any of it is read or sent on.</summary>
    public static void Use(WebApplication app) => app.Use((context, next) =>
        WhyNot(context.Request) is { } problem ? problem.ExecuteAsync(context) : next(context));

    /// <summary>Probes of health: neither counted nor sent elsewhere.</summary>
    public static bool IsProbe(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);

    private static IResult? WhyNot(HttpRequest request) =>
        !Methods.Contains(request.Method, StringComparer.Ordinal) ? GatewayProblems.MethodNotAllowed
        : request.ContentLength > MostBodyBytes ? GatewayProblems.BodyTooLarge
        : request.Headers.Count > MostHeaders || Bytes(request.Headers) > MostHeaderBytes ? GatewayProblems.HeadersTooLarge
        : null;

    private static int Bytes(IHeaderDictionary headers)
    {
        var sum = 0;
        foreach (var (name, values) in headers)
            foreach (var value in values)
                sum += name.Length + (value?.Length ?? 0) + 4;
        return sum;
    }
}
