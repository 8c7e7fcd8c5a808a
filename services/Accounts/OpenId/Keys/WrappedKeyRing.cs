using System.Text;
using System.Xml.Linq;
using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace EPerfect.Accounts.OpenId;

/// <summary>The key ring of cookies and forms rests wrapped, like every other key.</summary>
internal sealed class WrappedKeyRing(Wrapping wrapping) : IXmlEncryptor
{
    private const string Place = "key-ring";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        // The interface is synchronous; a new key is made a few times a year.
        var wrapped = wrapping.WrapAsync(Place, plain, CancellationToken.None).GetAwaiter().GetResult();
        return new EncryptedXmlInfo(new XElement("wrapped", wrapped), typeof(Opener));
    }

    internal sealed class Opener(IServiceProvider services) : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement)
        {
            var wrapping = services.GetRequiredService<Wrapping>();
            var plain = wrapping.UnwrapAsync(Place, encryptedElement.Value, CancellationToken.None).GetAwaiter().GetResult();
            return XElement.Parse(Encoding.UTF8.GetString(plain));
        }
    }
}
