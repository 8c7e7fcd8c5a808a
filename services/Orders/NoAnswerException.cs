namespace EPerfect.Orders;

/// <summary>An outside system gave no answer: it may have acted or not. Ask again with the same key.</summary>
internal sealed class NoAnswerException : Exception
{
    public NoAnswerException()
    {
    }

    /// <param name="reason">Why, as a stable code: it is stored.</param>
    public NoAnswerException(string reason)
        : base(reason)
    {
    }

    public NoAnswerException(string reason, Exception innerException)
        : base(reason, innerException)
    {
    }
}
