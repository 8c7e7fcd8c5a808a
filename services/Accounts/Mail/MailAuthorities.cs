using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace EPerfect.Accounts.Mail;

/// <summary>Judges a mail server's certificate by authorities of our own. Its name and its time count as ever; nobody
/// publishes what a private authority has revoked.</summary>
internal static class MailAuthorities
{
    public static RemoteCertificateValidationCallback Trusting(string file)
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return (_, certificate, sent, errors) =>
            (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) == SslPolicyErrors.None
            && certificate is X509Certificate2 server
            && IsVouchedFor(server, sent, authorities);
    }

    private static bool IsVouchedFor(X509Certificate2 server, X509Chain? sent, X509Certificate2Collection authorities)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var between in sent?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(between.Certificate);
        return chain.Build(server);
    }
}
