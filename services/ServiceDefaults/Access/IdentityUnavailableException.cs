namespace EPerfect.ServiceDefaults;

/// <summary>The provider's keys have never been had yet and cannot be had now: no token can be judged.</summary>
public sealed class IdentityUnavailableException : Exception
{
    /// <summary>Keeps the cause.</summary>
    /// <param name="cause">Why the keys could not be fetched.</param>
    public IdentityUnavailableException(Exception cause)
        : base("The identity provider's keys cannot be fetched.", cause)
    {
    }
}
