namespace EPerfect.ServiceDefaults;

/// <summary>Answers that many ask for and that are the same for whoever asks.</summary>
public static class PublicAnswers
{
    /// <summary>
    /// Cache-Control (RFC 9111): the gateway may give the answer again for one second without asking; whoever else keeps it,
    /// asks each time. For routes whose route at the gateway says <c>OutputCachePolicy</c> shared.
    /// </summary>
    public const string SharedForOneSecond = "public, max-age=0, must-revalidate, s-maxage=1";
}
