namespace EPerfect.ServiceDefaults;

/// <summary>What somebody is to an account. The token carries it as <c>{accountId}:{role}</c>.</summary>
[Flags]
public enum MemberRole
{
    /// <summary>Not a member.</summary>
    None = 0,

    /// <summary>May do everything, also with members and API clients.</summary>
    Owner = 1,

    /// <summary>Pays: orders, payment method, invoices.</summary>
    Billing = 2,

    /// <summary>Runs: domains, contacts, nameservers.</summary>
    Technical = 4,

    /// <summary>A program that an owner let in; its scopes say for what.</summary>
    Client = 8,

    /// <summary>Whoever belongs to the account.</summary>
    Any = Owner | Billing | Technical | Client,
}
