using System.Text.RegularExpressions;
using Npgsql;

namespace EPerfect.PersonalData;

/// <summary>Where a service's keys are, and what wraps them.</summary>
public sealed partial record VaultOptions
{
    /// <summary>Names the store.</summary>
    /// <param name="source">The database of keys, apart from every other. The vault does not dispose of it.</param>
    /// <param name="schema"> The schema that the service owns there, by convention the service's name in lower case.
    /// </param>
    /// <param name="keyEncryptionKeys">What wraps the keys.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The schema's name is not of lower-case letters, digits and '_'.</exception>
    public VaultOptions(
        NpgsqlDataSource source, string schema, IKeyEncryptionKeyProvider keyEncryptionKeys, TimeProvider time)
    {
        // The name stands in SQL text and in every envelope's associated data.
        if (!SchemaName().IsMatch(schema))
        {
            throw new ArgumentException("A schema is named in lower-case letters, digits and '_'.", nameof(schema));
        }

        (Source, Schema, KeyEncryptionKeys, Time) = (source, schema, keyEncryptionKeys, time);
    }

    /// <summary>The database of keys.</summary>
    public NpgsqlDataSource Source { get; }

    /// <summary>
    /// The service's schema there. Part of what a sealed value is bound to: another service cannot open it.
    /// </summary>
    public string Schema { get; }

    /// <summary>What wraps the keys.</summary>
    public IKeyEncryptionKeyProvider KeyEncryptionKeys { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SchemaName();
}
