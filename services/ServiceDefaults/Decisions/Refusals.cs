namespace EPerfect.ServiceDefaults;

/// <summary>The refusals that are alike everywhere.</summary>
public static class Refusals
{
    /// <summary>404. Unknown and foreign ids answer alike, so that nothing can be enumerated.</summary>
    /// <param name="what">The kind of thing that was asked for, such as <c>order</c>.</param>
    public static Refusal NotFound(string what) => new(404, "not-found", $"No such {what}.");

    /// <summary>422: a field breaks a rule.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="rule">The rule that was broken.</param>
    /// <param name="pointer">Where the field is.</param>
    public static Refusal Invalid(string code, string rule, string? pointer = null) => new(422, code, rule, pointer);

    /// <summary>409: the thing is in a state that does not allow it.</summary>
    /// <param name="code">The stable code.</param>
    /// <param name="rule">The rule that was broken.</param>
    public static Refusal WrongState(string code, string rule) => new(409, code, rule);

    /// <summary>403: a member of the account, but not in a role that may do this; or staff of another role.</summary>
    public static readonly Refusal RoleInsufficient =
        new(403, "role-insufficient", "The caller's role does not allow this.");

    internal static Refusal ScopeMissing(string scope) =>
        new(403, "scope-missing", $"The token needs the scope {scope}.");

    internal static readonly Refusal StaleVersion =
        new(412, "stale-version", "The resource has changed since the version in If-Match.");

    internal static readonly Refusal KeyMissing =
        new(400, "idempotency-key-missing", "Every POST takes an Idempotency-Key header of 1 to 255 visible ASCII characters.");

    internal static readonly Refusal KeyReused =
        new(422, "idempotency-key-reused", "This Idempotency-Key was used for another request.");

    internal static readonly Refusal CursorInvalid =
        new(400, "cursor-invalid", "A cursor is the `next` of an earlier page, unchanged.");

    internal static readonly Refusal LimitInvalid = new(400, "limit-invalid", "A page holds 1 to 100 items.");
}
