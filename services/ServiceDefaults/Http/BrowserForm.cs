namespace EPerfect.ServiceDefaults;

/// <summary>
/// Marks an endpoint that a browser posts a form to: it cannot send an Idempotency-Key. The endpoint guards itself
/// against repeats and against other sites' forms. Added as metadata.
/// </summary>
public sealed class BrowserForm
{
    /// <summary>The mark.</summary>
    public static readonly BrowserForm Mark = new();
}
