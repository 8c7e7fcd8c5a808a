namespace EPerfect.Orders.Provisioning;

/// <summary>What sets hosting up. The token makes a repeat harmless; a call without an answer throws
/// <see cref="NoAnswerException"/>.</summary>
internal interface IHostingProvisioner
{
    Task<ProvisionAnswer> ProvisionAsync(
        Guid token, string plan, int quantity, IReadOnlyList<string> hostedDomains, CancellationToken ct);
}

internal abstract record ProvisionAnswer
{
    private ProvisionAnswer()
    {
    }

    /// <summary>Set up; the reference is the provisioner's name for it.</summary>
    public sealed record Provisioned(string Reference) : ProvisionAnswer;

    /// <summary>Refused for good.</summary>
    public sealed record Refused(string Reason) : ProvisionAnswer;

    /// <summary>Silence: set up or not, nobody knows. Made by the asking side.</summary>
    public sealed record None(string Reason) : ProvisionAnswer;
}
