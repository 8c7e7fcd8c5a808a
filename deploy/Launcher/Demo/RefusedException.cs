namespace EPerfect.Launcher.Demo;

/// <summary>The gateway answered with something else than success.</summary>
internal sealed class RefusedException(HttpResponseMessage response, string problem) : Exception(
    $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery} " +
    $"was answered with {(int)response.StatusCode}: {problem}")
{
    public bool Says(string code) => problem.Contains($"\"{code}\"", StringComparison.Ordinal);
}
