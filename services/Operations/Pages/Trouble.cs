using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace EPerfect.Operations.Pages;

/// <summary>A page instead of the one that was asked for.</summary>
internal sealed record Trouble(string Title, string Text, string Link, string LinkText)
{
    public static readonly Trouble OldForm = new(
        "This form was open for too long", "Nothing was changed. Open the page again.", "/operations", "Go to the overview");

    public static readonly Trouble NoOperator = new(
        "You are no operator",
        "You are signed in, but these pages are for staff with the role operator.",
        "/identity/sign-out",
        "Sign out");

    public static Trouble NotFound(string what) =>
        new($"There is no such {what}", "Look whether it is spelled rightly.", "/operations", "Go to the overview");

    public static Trouble Away(string service) => new(
        "This does not work at the moment",
        $"The {service} service does not answer, and nobody else knows. Try again in a moment.",
        "/operations",
        "Go to the overview");

    public static readonly Trouble NotSignedIn = new(
        "You were not signed in", "The sign-in was begun elsewhere, or took too long.", "/operations", "Try again");

    public static readonly Trouble SignedOut = new(
        "You have left these pages",
        "Your sign-in at this platform goes on.",
        "/identity/sign-out",
        "Sign out there too");

    /// <summary>Outside of a page.</summary>
    public async Task WriteAsync(HttpContext context, int status)
    {
        PageRules.SetHeaders(context.Response.Headers);
        await Answer(status).ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
    }

    public ViewResult Answer(int status) => new()
    {
        StatusCode = status,
        ViewName = "/Pages/Shared/_Trouble.cshtml",
        ViewData = new ViewDataDictionary<Trouble>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = this },
    };
}
