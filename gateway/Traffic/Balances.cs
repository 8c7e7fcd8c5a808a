namespace EPerfect.Gateway;

/// <summary>The quotas that one request was counted in, as its answer tells them.</summary>
internal sealed class Balances
{
    private readonly List<Balance> all = new(3);

    public Balance? Exceeded { get; private set; }

    public void Add(Balance balance)
    {
        all.Add(balance);
        if (!balance.Allowed) Exceeded ??= balance;
    }

    /// <summary>Written last, so that no later turn of the answer loses it.</summary>
    public Task WriteAsync(object state)
    {
        var headers = ((HttpContext)state).Response.Headers;
        headers["RateLimit-Policy"] = string.Join(
            ", ", all.Select(each => $"\"{each.Class}\";q={each.Quota.Requests};w={each.Quota.Seconds}"));
        headers["RateLimit"] = string.Join(
            ", ", all.Select(each => $"\"{each.Class}\";r={each.Left};t={each.ResetSeconds}"));
        return Task.CompletedTask;
    }
}
