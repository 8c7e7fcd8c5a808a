using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;

namespace EPerfect.ServiceDefaults;

/// <summary>
/// Whose word on the certificates of services counts, where they are reached over https: an authority of our own
/// (OWASP ASVS 12.3.4). Names and times count as ever; nobody publishes what a private authority has revoked.
/// </summary>
public static class ServiceAuthorities
{
    /// <summary>Setting <c>Services:Authorities</c>: a file of certificates in PEM; unset, the machine's own are asked.</summary>
    /// <param name="configuration">The settings.</param>
    public static X509ChainPolicy? From(IConfiguration configuration)
    {
        if (configuration["Services:Authorities"] is not { Length: > 0 } file) return null;
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy.CustomTrustStore.Count > 0
            ? policy
            : throw new InvalidOperationException($"Services:Authorities: {file} holds no certificate.");
    }
}
