using EPerfect.Launcher.Infrastructure;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/reset: stops everything and deletes its data, passwords and ports.</summary>
internal static class Reset
{
    public const string Usage =
        """
        deploy/reset                stops everything and deletes all data, after asking
        deploy/reset --yes          does not ask
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words, "--yes");
        if (arguments.Help)
        {
            Console.WriteLine(Usage);
            return 0;
        }

        var checkout = Checkout.Find();
        if (!Directory.Exists(checkout.LocalFolder))
        {
            Console.WriteLine("There is nothing to forget.");
            return 0;
        }

        var home = new Home(checkout.LocalFolder);
        if (!arguments.Yes && !Confirmed(home))
        {
            Console.WriteLine("Nothing was touched.");
            return 1;
        }

        await Down.StopAsync(home);
        home.Delete();
        Console.WriteLine("All data, passwords and ports of this checkout are gone.");
        return 0;
    }

    private static bool Confirmed(Home home)
    {
        Console.Write($"Delete all data in {home.Folder} and {home.DataFolder}? Type yes: ");
        return string.Equals(Console.ReadLine()?.Trim(), "yes", StringComparison.Ordinal);
    }
}
