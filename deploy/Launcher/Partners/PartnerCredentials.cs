namespace EPerfect.Launcher.Partners;

/// <summary>What lets a partner's program in. Printed by accident, it says nothing.</summary>
internal sealed record PartnerCredentials(string ClientId, string ClientSecret)
{
    public override string ToString() => nameof(PartnerCredentials);
}
