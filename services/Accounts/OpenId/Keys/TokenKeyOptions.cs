using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;

namespace EPerfect.Accounts.OpenId;

/// <summary>Gives the keys to OpenIddict, again whenever they change: no restart for a roll-over.</summary>
internal sealed class TokenKeyOptions(TokenKeys keys) : IConfigureOptions<OpenIddictServerOptions>,
    IPostConfigureOptions<OpenIddictServerOptions>, IOptionsChangeTokenSource<OpenIddictServerOptions>
{
    public string Name => Options.DefaultName;

    public IChangeToken GetChangeToken() => new CancellationChangeToken(keys.Changed);

    public void Configure(OpenIddictServerOptions options) => Set(options);

    /// <summary>OpenIddict takes the first, and has sorted them its own way by now.</summary>
    public void PostConfigure(string? name, OpenIddictServerOptions options) => Set(options);

    private void Set(OpenIddictServerOptions options)
    {
        options.SigningCredentials.Clear();
        options.SigningCredentials.AddRange(
            keys.Signing.Select(key => new SigningCredentials(key, SecurityAlgorithms.RsaSha256)));
        options.EncryptionCredentials.Clear();
        options.EncryptionCredentials.AddRange(keys.Encryption.Select(key =>
            new EncryptingCredentials(key, SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512)));
    }
}
