namespace EPerfect.PersonalData;

/// <summary>A sealed value, whatever is inside: whose it is, and which group it is erased with.</summary>
public interface ISealed
{
    /// <summary>Whose data this is: an opaque id.</summary>
    Guid Subject { get; }

    /// <summary>The group that the value is erased with.</summary>
    DataGroup Group { get; }

    /// <summary>Its written form.</summary>
    string Envelope { get; }

    /// <summary>What is inside, why it is kept and for how long.</summary>
    Declaration Declared { get; }

    /// <summary>Opens it, for who handles values of any kind: an export, a search.</summary>
    /// <param name="vault">Has the keys.</param>
    /// <param name="exception">The ground on which restricted data is opened too; null for none.</param>
    /// <param name="ct">Gives up.</param>
    Task<OpenedValue> OpenAsync(Vault vault, RestrictionException? exception, CancellationToken ct);
}

/// <summary>What a sealed value of any kind opened to.</summary>
/// <param name="State"><c>clear</c>, <c>erased</c> or <c>restricted</c>.</param>
/// <param name="Value">The personal data; null unless clear.</param>
public sealed record OpenedValue(string State, IPersonalData? Value)
{
    /// <summary>Never the value.</summary>
    /// <returns>The state.</returns>
    public override string ToString() => State;
}
