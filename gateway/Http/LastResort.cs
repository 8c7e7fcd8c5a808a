namespace EPerfect.Gateway;

/// <summary>A fault of the gateway itself is a problem document too, and is logged with its trace.</summary>
internal static class LastResort
{
    public static void Use(WebApplication app) => app.UseExceptionHandler(new ExceptionHandlerOptions
    {
        ExceptionHandler = context => GatewayProblems.Internal.ExecuteAsync(context),
    });
}
