using EPerfect.Accounts.Credentials;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EPerfect.Accounts.Pages;

/// <summary>One thing to fill in.</summary>
/// <param name="Name">Its name and id.</param>
/// <param name="Label">What it is called.</param>
/// <param name="Autocomplete">What a browser or a password manager may put there.</param>
internal sealed record Field(string Name, string Label, string Autocomplete)
{
    public string Type { get; init; } = "text";

    public string? Value { get; init; }

    public string? Hint { get; init; }

    public string? InputMode { get; init; }

    public int? Longest { get; init; }

    public static Field Email(string? value, string label = "E-mail address") =>
        new("Email", label, "username") { Type = "email", Value = value, Longest = 254 };

    public static Field CurrentPassword(string label = "Password", string name = "Password") =>
        new(name, label, "current-password") { Type = "password" };

    public static Field NewPassword => new("Password", "New password", "new-password")
    {
        Type = "password",
        Hint = $"At least {PasswordRules.Shortest} characters, of any kind. Several words in a row make a good password.",
    };
}

/// <summary>A form that script sends when the authenticator has answered.</summary>
/// <param name="Verb"><c>get</c> to sign in, <c>create</c> to add one.</param>
/// <param name="Button">What the button says.</param>
/// <param name="Challenge">For the authenticator.</param>
/// <param name="ReturnUrl">Where the person goes afterwards.</param>
internal sealed record PasskeyForm(string Verb, string Button, PasskeyChallenge Challenge, string ReturnUrl);

/// <summary>303: whatever was posted is not posted again elsewhere (RFC 9700, 4.12).</summary>
internal sealed class SeeOther(string url) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = url;
    }
}

/// <summary>A page instead of the one that was asked for.</summary>
internal sealed record Trouble(string Title, string Text, string Link, string LinkText)
{
    public static readonly Trouble OldLink = new(
        "This link is no longer good",
        "It was used already, or is too old. Ask for a new one.",
        "/identity/sign-in",
        "Go to sign-in");

    public static readonly Trouble OldForm = new(
        "This form was open for too long",
        "Nothing was changed. Open the page again and fill it in once more.",
        "/identity/sign-in",
        "Start again");

    public static readonly Trouble SentTwice = new(
        "This form was sent twice",
        "Something was changed at the same moment. Look at what there is now, and do it again if it is still needed.",
        "/identity/security",
        "Go to your sign-in");

    public static readonly Trouble Busy = new(
        "Very many people are signing in", "Wait a moment, then try again.", "/identity/sign-in", "Try again");

    public static readonly Trouble Away = new(
        "This does not work at the moment",
        "A part that it needs is away. Wait a moment, then try again.",
        "/identity/sign-in",
        "Go to sign-in");

    public ViewResult Answer(int status) => new()
    {
        StatusCode = status,
        ViewName = "/Pages/Shared/_Trouble.cshtml",
        ViewData = new ViewDataDictionary<Trouble>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = this },
    };
}
