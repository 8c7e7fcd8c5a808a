namespace EPerfect.ServiceDefaults;

/// <summary>The members of <c>com.eperfect.customer.shared.v1</c>.</summary>
public static class CustomerMembers
{
    /// <summary>The full name: Accounts.</summary>
    public const string Name = "name";

    /// <summary>The address of the account: Accounts.</summary>
    public const string Email = "email";

    /// <summary>The number of the registrant contact: Domains.</summary>
    public const string Phone = "phone";

    /// <summary>The address of the registrant contact: Domains.</summary>
    public const string Address = "address";
}
