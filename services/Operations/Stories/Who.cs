namespace EPerfect.Operations.Stories;

/// <summary>Who did something.</summary>
/// <param name="Kind"><c>user</c>, <c>program</c>, <c>service</c> or <c>anonymous</c>.</param>
/// <param name="Id">Opaque: a login, a client; of a service, its part.</param>
/// <param name="Role">What let them in, if a role did.</param>
internal sealed record Who(string Kind, string Id, string? Role)
{
    public static Who Of(string? actor, string? role) => actor?.Split('/', 2) switch
    {
        ["user", var login] => new("user", login, role),
        ["client", var client] => new("program", client, role),
        null or ["anonymous"] => new("anonymous", "", role),
        _ => new("service", actor, role),
    };
}
