using Microsoft.AspNetCore.Mvc;

namespace EPerfect.Operations.Pages;

/// <summary>303: what was posted is not posted again when the page is loaded anew.</summary>
internal sealed class SeeOther(string url) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = url;
    }
}
