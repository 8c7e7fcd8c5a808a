using EPerfect.ServiceDefaults;

namespace EPerfect.Accounts.PersonalDetails;

/// <summary>One line of text that a person typed: not blank, not endless, no control characters.</summary>
internal static class Text
{
    public static Refusal? Check(string value, int longest, string pointer) =>
        !string.IsNullOrWhiteSpace(value) && value.Length <= longest && !value.Any(char.IsControl)
            ? null
            : new(422, "text-invalid", $"This is one line of 1 to {longest} characters.", pointer);

    public static Refusal? CheckOptional(string? value, int longest, string pointer) =>
        value is null ? null : Check(value, longest, pointer);
}
