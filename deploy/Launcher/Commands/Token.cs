using EPerfect.Launcher.Infrastructure;
using EPerfect.Launcher.Partners;
using EPerfect.Launcher.Running;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/token: for who asks the API from a shell.</summary>
internal static class Token
{
    public const string Usage =
        """
        deploy/token                an operator's access token, for ten minutes: by a browser, or of the one of deploy/partner
        deploy/token person         anybody's, by a browser; who has no sign-in makes one there, and deploy/mail shows the mail
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        if (arguments.Help || arguments.Rest is not ([] or ["person"]))
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var platform = new Platform(checkout, new Home(checkout.LocalFolder));
        if (platform.Gateways[0].Running is null)
            throw new LaunchException("The gateway does not run here; deploy/up --detach starts it");
        using var interrupt = new Interrupt();
        // What is printed goes into a variable: all else is said beside it.
        Console.WriteLine(
            (arguments.Rest is [] ? await OfPlayedAsync(platform, interrupt.Token) : null)
            ?? await OfAsync(platform.Address, Console.In, Console.Error, interrupt.Token));
        return 0;
    }

    /// <summary>Of who signs in by a browser: any client may be asked for, and this one has no address of its own, so the
    /// person brings back where the browser was sent.</summary>
    internal static async Task<string> OfAsync(
        Uri gateway, TextReader answers, TextWriter questions, CancellationToken ct)
    {
        var flow = new CodeFlow(PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect);
        await questions.WriteLineAsync(
            $"""
            Open this, and sign in:

              {new Uri(gateway, flow.Address).AbsoluteUri}

            The browser ends where nothing listens. Paste the address that it shows:
            """.AsMemory(), ct);
        if (!Uri.TryCreate((await answers.ReadLineAsync(ct))?.Trim(), UriKind.Absolute, out var end))
            throw new LaunchException("That is no address: it begins with http://");
        using var browser = new Browser(gateway, PlatformSettings.ConsoleRedirect);
        return (await flow.ExchangeAsync(browser, new WebPage(end, default, ""), ct)).Access;
    }

    /// <summary>Of the operator whom deploy/partner plays; null if there is none.</summary>
    private static async Task<string?> OfPlayedAsync(Platform platform, CancellationToken ct)
    {
        using var played = new StaffMember(platform, FirstOperator.Name);
        return played.IsKnown && await played.SignInAsync(oneTime: null, ct) ? played.Bearer.Parameter : null;
    }
}
