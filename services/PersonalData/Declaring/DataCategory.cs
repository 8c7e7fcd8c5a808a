namespace EPerfect.PersonalData;

/// <summary>What a value tells about a person: the kinds that the policy and the record of processing speak
/// of.</summary>
public enum DataCategory
{
    /// <summary>What the person is called.</summary>
    Name = 1,

    /// <summary>An e-mail address.</summary>
    Email = 2,

    /// <summary>A telephone number.</summary>
    Phone = 3,

    /// <summary>Where the person lives or is reached: street, place, postal code.</summary>
    PostalAddress = 4,

    /// <summary>A country alone.</summary>
    Country = 5,

    /// <summary>The organisation that the person acts for.</summary>
    Organisation = 6,

    /// <summary>How the person pays, and what was paid.</summary>
    Payment = 7,

    /// <summary>The network address of a device.</summary>
    DeviceAddress = 8,

    /// <summary>What was done and when: sign-ins, changes, requests.</summary>
    Activity = 9,

    /// <summary>What lets a person in. Never the secret itself.</summary>
    Credential = 10,

    /// <summary>What was written to or by the person.</summary>
    Content = 11,

    /// <summary>Words of the person's own choosing, in which people write names.</summary>
    FreeText = 12,

    /// <summary>The standing of the account and the person's part in it.</summary>
    AccountStatus = 13,

    /// <summary>What was ordered, and what is registered for the person.</summary>
    Services = 14,

    /// <summary>What the person accepted, allowed or forbade.</summary>
    Choices = 15,

    /// <summary>When the person was born.</summary>
    BirthDate = 16,
}
