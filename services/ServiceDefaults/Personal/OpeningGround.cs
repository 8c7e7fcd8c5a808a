using System.Text.RegularExpressions;
using EPerfect.PersonalData;
using Microsoft.AspNetCore.Http;

namespace EPerfect.ServiceDefaults;

/// <summary>What for, and because of what, somebody looks at a person's data.</summary>
/// <param name="Purpose">What for.</param>
/// <param name="Ground">A reference, never a text: it is read by the person, and rests in clear until it is sealed.</param>
public sealed partial record OpeningGround(string Purpose, string Ground)
{
    /// <summary>The header in which staff says what for.</summary>
    public const string PurposeHeader = "Opening-Purpose";

    /// <summary>The header in which staff says because of what.</summary>
    public const string GroundHeader = "Opening-Ground";

    /// <summary>What staff may look at a person's data for.</summary>
    public static IReadOnlyList<string> Purposes { get; } = ["support", "billing", "abuse", "legal", "privacy-request"];

    /// <summary>On which ground of GDPR Art. 18(2) this purpose reads restricted data too; null if there is none.</summary>
    /// <param name="purpose">One of <see cref="Purposes"/>, or <c>membership</c>.</param>
    internal static RestrictionException? ExceptionOf(string purpose) => purpose switch
    {
        "legal" => RestrictionException.LegalClaims,
        "abuse" => RestrictionException.RightsOfAnotherPerson,
        // The person asked for something, and that is carried out.
        "privacy-request" => RestrictionException.ConsentOfThePerson,
        _ => null,
    };

    internal const string Form = "^(ticket|case|order|invoice|request):"
        + "(([A-Z]{1,5}-)?[0-9]{1,9}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$";

    private static readonly Refusal Required = new(
        403, "ground-required", $"Who looks at a person's data says what for and why: {PurposeHeader} and {GroundHeader}.");

    private static readonly Refusal PurposeUnknown = Refusals.Invalid(
        "opening-purpose-unknown", $"{PurposeHeader} is one of {string.Join(", ", Purposes)}.");

    private static readonly Refusal Malformed = Refusals.Invalid(
        "opening-ground-malformed",
        $"{GroundHeader} is a ticket, case, order, invoice or request and its number or id, such as ticket:4711.");

    /// <summary>A member's: who was let in to an account may see its data.</summary>
    /// <param name="role">In which role.</param>
    internal static OpeningGround OfMember(string role) => new("membership", $"role:{role}");

    /// <summary>Reads what staff says.</summary>
    /// <exception cref="RefusedException">It says nothing, or not in the right form.</exception>
    internal static OpeningGround OfStaff(IHeaderDictionary headers)
    {
        var (purpose, ground) = (headers[PurposeHeader].ToString(), headers[GroundHeader].ToString());
        if (purpose.Length == 0 || ground.Length == 0) throw new RefusedException(Required);
        if (!Purposes.Contains(purpose, StringComparer.Ordinal)) throw new RefusedException(PurposeUnknown);
        return Reference().IsMatch(ground) ? new(purpose, ground) : throw new RefusedException(Malformed);
    }

    [GeneratedRegex(Form + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reference();
}
