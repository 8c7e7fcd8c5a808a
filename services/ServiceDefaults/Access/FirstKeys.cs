using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Without the provider's keys no token can be judged: that is our outage, not the client's fault. Once they were had
/// they are never without again. One request fetches them, the others wait in line, no longer than the one.
/// </summary>
internal sealed class FirstKeys
{
    private volatile bool had;

    public async Task HaveAsync(MessageReceivedContext context)
    {
        if (had) return;
        var left = context.HttpContext.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(left);
        limit.CancelAfter(context.Options.BackchannelTimeout);
        try
        {
            // The fetch itself does not heed the token.
            await context.Options.ConfigurationManager!.GetConfigurationAsync(limit.Token).WaitAsync(limit.Token);
            had = true;
        }
        catch (Exception exception) when (
            exception is InvalidOperationException or OperationCanceledException && !left.IsCancellationRequested)
        {
            throw new IdentityUnavailableException(exception);
        }
    }
}
