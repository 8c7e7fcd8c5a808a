using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EPerfect.Testing;

/// <summary>Vouches for servers, as a company's own authority does.</summary>
public sealed class TestAuthority : IDisposable
{
    private static readonly DateTimeOffset Yesterday = TimeProvider.System.GetUtcNow().AddDays(-1);
    private readonly X509Certificate2 own;

    /// <summary>Makes one that nobody trusts yet.</summary>
    public TestAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=An authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        own = request.CreateSelfSigned(Yesterday.AddDays(-1), Yesterday.AddYears(1));
        System.IO.File.WriteAllText(File, own.ExportCertificatePem());
    }

    /// <summary>Its certificate, for whoever trusts it.</summary>
    public string File { get; } = Path.GetTempFileName();

    /// <summary>A certificate that ends tomorrow, or ended today.</summary>
    /// <param name="host">The name or address that it is for.</param>
    /// <param name="isOver">Whether its time is over.</param>
    public X509Certificate2 Issue(string host, bool isOver = false)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        if (System.Net.IPAddress.TryParse(host, out var address)) names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(
            own, Yesterday, isOver ? Yesterday.AddHours(1) : Yesterday.AddDays(2), RandomNumberGenerator.GetBytes(8));
        return issued.CopyWithPrivateKey(key);
    }

    /// <summary>Forgets it.</summary>
    public void Dispose()
    {
        own.Dispose();
        System.IO.File.Delete(File);
    }
}
