namespace EPerfect.PersonalData;

/// <summary>
/// Says of a type that its values tell something about a person, and on what terms they are kept.
/// Only such a type fits into <see cref="Sealed{T}"/>: undeclared personal data does not compile.
/// </summary>
public interface IPersonalData
{
    /// <summary>What is kept, in which group, why, on what ground and for how long.</summary>
    static abstract Declaration Declared { get; }
}

/// <summary>The terms on which one kind of personal data is kept.</summary>
/// <param name="Alias"> The kind's name for ever, lower-case words joined by '-' or '.', for example
/// <c>account-holder</c>. It is sealed into every value: renaming the CLR type is free, changing the alias makes what
/// was sealed before unreadable.
/// </param>
/// <param name="Group">The group that is erased together.</param>
/// <param name="Purpose">What the data is for, in a sentence a customer understands.</param>
/// <param name="LegalBasis">The ground in law, for example <c>contract (GDPR Art. 6(1)(b))</c>.</param>
/// <param name="Retention">How long it is kept, as a rule that something executes (GDPR Art. 5(1)(e)).</param>
public sealed record Declaration(string Alias, DataGroup Group, string Purpose, string LegalBasis, Retention Retention)
{
    /// <summary>Each field, as <see cref="DatumAttribute"/> declares it. Known to <see cref="Declarations"/>; empty in what a
    /// type itself says.</summary>
    public IReadOnlyList<DeclaredField> Fields { get; init; } = [];
}

/// <summary>
/// Personal data that is erased together: each subject has one key per group. The numbers are stored, so they never
/// change.
/// </summary>
public enum DataGroup
{
    /// <summary>Who the person is: name, date of birth, e-mail as a sign-in name.</summary>
    Identity = 1,

    /// <summary>How to reach the person: phone, postal address, registrant contact.</summary>
    Contact = 2,

    /// <summary>What tax and accounting law makes us keep: invoices, payment method.</summary>
    Billing = 3,

    /// <summary>What was written to and by the person: support, mail.</summary>
    Communications = 4,

    /// <summary>Traces of use: addresses of devices, sign-in records.</summary>
    Logs = 5,

    /// <summary>What is kept for marketing alone.</summary>
    Marketing = 6,
}
