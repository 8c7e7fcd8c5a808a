using EPerfect.Testing;

namespace EPerfect.Journeys.Tests;

/// <summary>Whoever speaks OpenID Connect can sign people in here: no library of ours, no knowledge of ours.</summary>
public sealed class OpenIdClientTests(RunningPlatform platform)
{
    [Fact]
    public async Task A_certified_library_discovers_signs_in_with_proof_key_refreshes_and_revokes()
    {
        using var customer = new TestCustomer(platform);
        await customer.SignUpAsync();
        var (client, redirect) = TestCustomer.Program;
        using var program = await NodeProgram.StartAsync(
            "openid-client", [], [platform.Gateway.ToString(), client, redirect.ToString()]);

        (await program.StepAsync("discovered"))["issuer"]!.GetValue<string>().ShouldBe(platform.Gateway.ToString());
        var go = new Uri((await program.StepAsync("go"))["address"]!.GetValue<string>());
        await program.TellAsync(await customer.GoForAsync(go));

        var signedIn = await program.StepAsync("signed-in");
        signedIn["expiresIn"]!.GetValue<int>().ShouldBeInRange(590, 600);
        (await program.StepAsync("userinfo"))["subject"]!.ToString().ShouldBe(signedIn["subject"]!.ToString());
        (await program.StepAsync("resource"))["status"]!.GetValue<int>().ShouldBe(200);
        (await program.StepAsync("refreshed"))["rotated"]!.GetValue<bool>().ShouldBeTrue();
        (await program.StepAsync("revoked"))["afterwards"]!.GetValue<string>().ShouldBe("invalid_grant");
    }
}
