namespace EPerfect.Domains.Registration;

/// <summary>Why a name could not be registered: the stable codes that other services read.</summary>
internal static class FailureReasons
{
    public const string DomainTaken = "domain-taken";
    public const string DomainReserved = "domain-reserved";
    public const string ContactUnknown = "contact-unknown";
    public const string RegistryRefused = "registry-refused";
}
