using EPerfect.PersonalData;

namespace EPerfect.ServiceDefaults;

/// <summary>The rules that all services share.</summary>
public static class RetentionRules
{
    /// <summary>What is true for ever and says nothing about anybody, once the keys are gone.</summary>
    public const string FactsThatNameNobody = "the bare fact stays, under an id that names nobody any more";

    /// <summary>An account's closing is followed by what an erasure does, in every service; nobody has to ask for
    /// it.</summary>
    public static readonly Retention ClosedAccount = new(
        "closed-account", RetentionTrigger.AccountClosed, "P30D", "the contract is over (GDPR Art. 17(1)(a))");
}
