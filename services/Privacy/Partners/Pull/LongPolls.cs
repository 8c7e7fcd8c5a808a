namespace EPerfect.Privacy.Partners.Pull;

/// <summary>How many wait for the feed at once.</summary>
internal sealed class LongPolls : Places
{
    /// <summary>A program for each way of a partner's own, and some that did not notice that they were cut off.</summary>
    internal const int MostOfOne = 8;

    /// <summary>Of five hundred requests that the gateway lets through to the service at once.</summary>
    private const int MostOfAll = 100;

    public LongPolls()
        : this(MostOfAll)
    {
    }

    internal LongPolls(int mostOfAll)
        : base(MostOfOne, mostOfAll, PullRefusals.TooManyPolls, PullRefusals.TooCrowded)
    {
    }
}
