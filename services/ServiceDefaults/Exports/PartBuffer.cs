using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EPerfect.ServiceDefaults;

/// <summary>The lines of one part while it is gathered. Overwritten when it is sealed.</summary>
internal sealed class PartBuffer : IDisposable
{
    /// <summary>What one message carries well; a single holding may be larger.</summary>
    private const int Most = 128 * 1024;

    private readonly MemoryStream lines = new();

    public bool IsFull => lines.Length >= Most;

    public void Add(ToldHolding told)
    {
        JsonSerializer.Serialize(lines, told, ToldJson.Default.ToldHolding);
        lines.WriteByte((byte)'\n');
    }

    /// <summary>Encrypts what was gathered, and begins anew.</summary>
    public string Seal(PersonExport export, string service, int number)
    {
        var plain = lines.ToArray();
        try
        {
            return ExportCipher.Encrypt(
                plain,
                export.Order.Key,
                ExportCipher.PlaceOf(export.Order.ExportId, service, export.Attempt, number));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
            Clear();
        }
    }

    public void Dispose()
    {
        Clear();
        lines.Dispose();
    }

    private void Clear()
    {
        CryptographicOperations.ZeroMemory(lines.GetBuffer());
        lines.SetLength(0);
    }
}

/// <summary>Which holdings were passed, in which order: two runs that agree on it stand at the same place.</summary>
internal sealed class Passed : IDisposable
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int Count { get; private set; }

    public string Digest => Convert.ToHexStringLower(hash.GetCurrentHash());

    /// <summary>Whether what was told before was passed, and is still the same.</summary>
    public bool Stands(ExportTold before) =>
        Count > before.Holdings || (Count == before.Holdings && Digest == before.Digest);

    public void Add(Holding held)
    {
        hash.AppendData(Encoding.UTF8.GetBytes($"{held.Source}|{held.Id}|{held.At?.UtcTicks}\n"));
        Count++;
    }

    public void Dispose() => hash.Dispose();
}
