namespace EPerfect.PersonalData;

/// <summary>Which key of a HashiCorp Vault wraps the data keys of a service.</summary>
public sealed record TransitOptions
{
    /// <summary>Names the key.</summary>
    /// <param name="address">Vault's address, for example <c>https://vault.example:8200</c>.</param>
    /// <param name="key">The transit key, by convention the service's name. Beside it there is <c>key-index</c>.</param>
    /// <exception cref="ArgumentException">The address would send the token in clear over a network.</exception>
    public TransitOptions(Uri address, string key)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw new ArgumentException("Vault is reached over https, or on this machine.", nameof(address));
        }

        (Address, Key) = (address, key);
    }

    /// <summary>Vault's address.</summary>
    public Uri Address { get; }

    /// <summary>The transit key.</summary>
    public string Key { get; }

    /// <summary>Where the transit engine is mounted.</summary>
    public string Mount { get; init; } = "transit";

    /// <summary>The namespace, where Vault has such.</summary>
    public string? Namespace { get; init; }

    /// <summary>The token itself.</summary>
    public string? Token { get; init; }

    /// <summary>A file that always holds a valid token, as an agent keeps it. Read for each request.</summary>
    public string? TokenFile { get; init; }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Neither the token nor where it is.</summary>
    /// <returns>The key's address.</returns>
    public override string ToString() => $"{Address}{Mount}/keys/{Key}";
}
