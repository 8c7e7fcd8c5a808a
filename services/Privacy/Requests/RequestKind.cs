namespace EPerfect.Privacy.Requests;

/// <summary>What a person may ask for.</summary>
internal enum RequestKind
{
    /// <summary>What is held, why, and who saw it (GDPR Art. 15).</summary>
    Access,

    /// <summary>The same, to take along (Art. 20).</summary>
    Portability,

    /// <summary>That what is wrong be corrected, everywhere (Art. 16, 19).</summary>
    Rectification,

    /// <summary>That it be erased (Art. 17).</summary>
    Erasure,

    /// <summary>That it be kept and not used (Art. 18).</summary>
    Restriction,

    /// <summary>That it not be used for purposes of ours (Art. 21).</summary>
    Objection,

    /// <summary>That it not be sold, shared or used for advertising (Cal. Civ. Code 1798.120).</summary>
    OptOut,
}
