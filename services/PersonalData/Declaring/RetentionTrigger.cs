namespace EPerfect.PersonalData;

/// <summary>What a retention period begins with.</summary>
public enum RetentionTrigger
{
    /// <summary>The entry itself came to be.</summary>
    EntryWritten = 1,

    /// <summary>The person's account was closed.</summary>
    AccountClosed = 2,

    /// <summary>Somebody gave an address and did not prove that it is theirs.</summary>
    AddressUnproven = 3,

    /// <summary>An invitation was written that nobody took up.</summary>
    InvitationWritten = 4,

    /// <summary>The last payment was made.</summary>
    LastPayment = 5,

    /// <summary>The last of what was registered ran out.</summary>
    RegistrationEnded = 6,

    /// <summary>Somebody signed up, and has a part in no account.</summary>
    SignedUpOnly = 7,

    /// <summary>An export was ready to be fetched.</summary>
    ExportReady = 8,

    /// <summary>The last agreement with a partner ended, or a partner was registered and none came about.</summary>
    AgreementEnded = 9,
}

internal static class RetentionWords
{
    public static string Of(RetentionTrigger trigger) => trigger switch
    {
        RetentionTrigger.EntryWritten => "it was written",
        RetentionTrigger.AccountClosed => "the account was closed",
        RetentionTrigger.AddressUnproven => "the address was given and not proven",
        RetentionTrigger.InvitationWritten => "the invitation was written, or it is used or withdrawn",
        RetentionTrigger.LastPayment => "the last payment",
        RetentionTrigger.RegistrationEnded => "the last registration ended",
        RetentionTrigger.ExportReady => "the export was ready",
        RetentionTrigger.SignedUpOnly => "signing up without a part in an account",
        RetentionTrigger.AgreementEnded => "the last agreement with the partner ended",
        _ => "nobody knows when",
    };
}
