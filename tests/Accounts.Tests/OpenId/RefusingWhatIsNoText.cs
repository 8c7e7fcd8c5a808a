using EPerfect.Testing;

namespace EPerfect.Accounts.Tests.OpenId;

/// <summary>The provider reads forms and queries before any page does.</summary>
public sealed class RefusingWhatIsNoText(ProviderFixture fixture) : IClassFixture<ProviderFixture>
{
    private readonly Provider provider = fixture.Provider;

    [Theory]
    [InlineData("/connect/token")]
    [InlineData("/connect/revocation")]
    [InlineData("/connect/authorize")]
    [InlineData("/connect/endsession")]
    public async Task U0000_is_refused_wherever_it_stands(string path)
    {
        using var parts = new MultipartFormDataContent { { new StringContent("a\0b"), "client_id" } };

        await IsAsync(422, "text-invalid", provider.Http.GetAsync($"{path}?client_id=a%00b&response_type=code"));
        await IsAsync(422, "text-invalid", provider.Http.PostAsync(path, parts));
        await IsAsync(400, "malformed-request", provider.PostAsync(
            path, ("grant_type", "client_credentials"), ("client_id", "a\0b"), ("client_secret", "x")));
    }

    private static async Task IsAsync(int status, string code, Task<HttpResponseMessage> asking)
    {
        var answer = await asking;
        ((int)answer.StatusCode, await answer.ProblemCodeAsync()).ShouldBe((status, code));
    }
}
