namespace EPerfect.Contracts.Privacy;

/// <summary>What an independent search of a service's whole store found of an erased person.</summary>
/// <param name="Tables">Tables that were read.</param>
/// <param name="Columns">Columns that were read.</param>
/// <param name="Texts">Texts of the person that were looked for in clear, while they could still be opened.</param>
/// <param name="Plaintext">Rows that hold one of them: none.</param>
/// <param name="Unreadable">Rows that hold sealed data whose key is gone.</param>
/// <param name="Readable">Rows that hold sealed data that is held back.</param>
/// <param name="SearchedAgain">Whether the same texts were looked for after the keys were gone, too.</param>
public sealed record StoreSearch(
    int Tables, int Columns, int Texts, long Plaintext, long Unreadable, long Readable, bool SearchedAgain)
{
    /// <summary>Nothing was searched.</summary>
    public static readonly StoreSearch None = new(0, 0, 0, 0, 0, 0, SearchedAgain: false);
}
