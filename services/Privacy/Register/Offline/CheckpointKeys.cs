using System.Buffers.Text;
using EPerfect.Privacy.Register.Checkpoints;
using EPerfect.Privacy.Signing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EPerfect.Privacy.Register.Offline;

/// <summary>The published keys, by which anybody reads a signed checkpoint.</summary>
internal sealed class CheckpointKeys
{
    private readonly TokenValidationParameters rules;
    private readonly JsonWebTokenHandler handler = new();

    /// <param name="keySet">A JWK Set (RFC 7517), as <c>/api/privacy/keys</c> gives it.</param>
    public CheckpointKeys(string keySet) => rules = new TokenValidationParameters
    {
        IssuerSigningKeys = CompactJws.KeysOf(keySet),
        TryAllIssuerSigningKeys = false,
        ValidTypes = [Checkpoint.Type],
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
        RequireExpirationTime = false,
    };

    /// <returns>Null if it was not signed by one of the keys, or is no checkpoint of this register.</returns>
    public async Task<Checkpoint?> ReadAsync(string signed)
    {
        if (!CompactJws.IsWellFormed(signed)) return null;
        var result = await handler.ValidateTokenAsync(signed, rules);
        if (!result.IsValid) return null;
        var checkpoint = Checkpoint.Parse(Base64Url.DecodeFromChars(signed.Split('.')[1]));
        return checkpoint is { Origin: Checkpoint.Log } ? checkpoint : null;
    }
}
