namespace EPerfect.Launcher.Partners;

/// <summary>What lets a partner's program in, and what it decrypts with. Printed by accident, it says nothing.</summary>
internal sealed record PartnerCredentials(string ClientId, string ClientSecret, string Key)
{
    public override string ToString() => nameof(PartnerCredentials);
}
