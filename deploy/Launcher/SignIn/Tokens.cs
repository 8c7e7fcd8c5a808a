namespace EPerfect.Launcher.SignIn;

/// <summary>What a sign-in gave. Printed, it says nothing.</summary>
/// <param name="Access">Goes with each request.</param>
/// <param name="Refresh">Gets the next ones, once.</param>
/// <param name="Until">When the access token ends.</param>
internal sealed record Tokens(string Access, string Refresh, DateTimeOffset Until)
{
    public override string ToString() => nameof(Tokens);
}
