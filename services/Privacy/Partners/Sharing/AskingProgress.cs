namespace EPerfect.Privacy.Partners.Sharing;

/// <summary>How far a round of asking everybody has come: a row, moved in the transaction of each page.</summary>
/// <param name="Id">The partner.</param>
/// <param name="Round">The round.</param>
/// <param name="After">The place in the store of the last consent that was looked at.</param>
internal sealed record AskingProgress(Guid Id, int Round, long After);
