using System.Text.RegularExpressions;

namespace EPerfect.PersonalData;

/// <summary>Why data must not be erased for now, although it was asked for: a lawsuit, a court's order, a tax.</summary>
public sealed partial record LegalHold
{
    /// <summary>States a hold.</summary>
    /// <param name="id">The hold's own id: placing it again changes nothing, and once released it stays so.</param>
    /// <param name="subject">Whose data.</param>
    /// <param name="group">Which of it; null for all.</param>
    /// <param name="reason"> A reference to the ground, for example <c>case:2026-117</c>: letters, digits and
    /// <c>. : / _ -</c>, 100 at most. Never personal data: it is kept in clear and shown on certificates.
    /// </param>
    /// <param name="until">When it ends by itself; null if only when it is released.</param>
    /// <exception cref="ArgumentException">The reason is no reference, or nobody's data is held.</exception>
    public LegalHold(Guid id, Guid subject, DataGroup? group, string reason, DateTimeOffset? until)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(id, Guid.Empty);
        ArgumentOutOfRangeException.ThrowIfEqual(subject, Guid.Empty);
        if (!IsReference(reason))
        {
            throw new ArgumentException("A hold's reason is a reference, not a text.", nameof(reason));
        }

        (Id, Subject, Group, Reason, Until) = (id, subject, group, reason, until);
    }

    /// <summary>Whether a text is a reference to a ground, such as <c>case:2026-117</c>, and so nobody's data: letters, digits
    /// and <c>. : / _ -</c>, 100 at most.</summary>
    /// <param name="text">The text.</param>
    public static bool IsReference(string text) => Reference().IsMatch(text);

    /// <summary>The hold's own id.</summary>
    public Guid Id { get; }

    /// <summary>Whose data.</summary>
    public Guid Subject { get; }

    /// <summary>Which of it; null for all.</summary>
    public DataGroup? Group { get; }

    /// <summary>A reference to the ground.</summary>
    public string Reason { get; }

    /// <summary>When it ends by itself; null if only when it is released.</summary>
    public DateTimeOffset? Until { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9.:/_-]{0,99}\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
