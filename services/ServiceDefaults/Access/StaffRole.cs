namespace EPerfect.ServiceDefaults;

/// <summary>What somebody is to the company. In a token only after a second factor.</summary>
[Flags]
public enum StaffRole
{
    /// <summary>No staff.</summary>
    None = 0,

    /// <summary>Helps customers: sees accounts, orders and domains.</summary>
    Support = 1,

    /// <summary>Looks after payments: sees accounts and orders.</summary>
    Billing = 2,

    /// <summary>Answers for privacy: consents, requests, documents.</summary>
    PrivacyOfficer = 4,

    /// <summary>Handles orders of authorities, holds and documents.</summary>
    Legal = 8,

    /// <summary>Runs the platform and appoints staff; sees no customer's data.</summary>
    Operator = 16,
}
