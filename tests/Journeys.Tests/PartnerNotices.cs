using System.Net;
using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>What a partner hears of itself: its agreement is another now, its webhook is disabled.</summary>
internal static class PartnerNotices
{
    /// <summary>From now on the partner keeps less long what it is told.</summary>
    public static async Task NarrowAsync(RunningPlatform platform, PartnerClient partner)
    {
        var agreed = await partner.AgreementAsync();
        var terms = agreed["agreement"]!["terms"]!.DeepClone();
        terms["retentionDays"] = 30;
        using var staff = await platform.OperatorAsync();
        var answer = await staff.PutAsync($"/api/partners/registry/{agreed["id"]}/agreement", terms);
        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());
    }

    /// <summary>What listens for the partner says that it is there no more.</summary>
    public static async Task GoneAsync(PartnerClient partner, int port)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add(SampleProgram.Address(port).ToString());
        listener.Start();
        await partner.ListenAsync(SampleProgram.Address(port));
        var posted = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        posted.Response.StatusCode = (int)HttpStatusCode.Gone;
        posted.Response.Close();
        await Until.TrueAsync(
            async () => (await partner.AgreementAsync())["webhookDisabled"] is not null, "the webhook is disabled");
    }
}
