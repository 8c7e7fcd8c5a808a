namespace EPerfect.PersonalData;

/// <summary>
/// What a sealed value opened to. Exactly one of <see cref="Clear"/>, <see cref="Erased"/>, <see cref="Restricted"/>.
/// </summary>
/// <typeparam name="T">The personal data.</typeparam>
public abstract record Opened<T>
    where T : IPersonalData
{
    private Opened()
    {
    }

    /// <summary>The value can be read.</summary>
    /// <param name="Value">The personal data.</param>
    public sealed record Clear(T Value) : Opened<T>
    {
        /// <summary>Never the value: what is logged by accident says nothing.</summary>
        /// <returns><c>***</c></returns>
        public override string ToString() => Sealed.Mask;
    }

    /// <summary>The key was destroyed. Nobody can read the value again.</summary>
    public sealed record Erased : Opened<T>;

    /// <summary>The value exists, but its processing is restricted (GDPR Art. 18).</summary>
    public sealed record Restricted : Opened<T>;
}
