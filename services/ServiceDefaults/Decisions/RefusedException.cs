namespace EPerfect.ServiceDefaults;

/// <summary>A refusal from where there is no answer to return it in; leaves the service as its problem.</summary>
public sealed class RefusedException : Exception
{
    /// <summary>Carries the refusal.</summary>
    /// <param name="refusal">Why not.</param>
    public RefusedException(Refusal refusal)
        : base(refusal.Code) => Refusal = refusal;

    /// <summary>Why not.</summary>
    public Refusal Refusal { get; }
}
