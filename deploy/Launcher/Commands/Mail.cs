using System.Globalization;
using EPerfect.Launcher.Infrastructure;

namespace EPerfect.Launcher.Commands;

/// <summary>deploy/mail: shows what was sent; no mail leaves this machine.</summary>
internal static class Mail
{
    public const string Usage =
        """
        deploy/mail                 lists the newest mails that the platform has sent; none leaves this machine
        deploy/mail N               shows one of them; 1 is the newest
        """;

    private const int Most = 20;

    public static int Run(IReadOnlyList<string> words)
    {
        var arguments = Arguments.Parse(words);
        var number = 0;
        var understood = arguments.Rest is [] || (arguments.Rest is [var one]
            && int.TryParse(one, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0);
        if (arguments.Help || !understood)
        {
            Console.WriteLine(Usage);
            return arguments.Help ? 0 : 1;
        }

        var checkout = Checkout.Find();
        var mails = Directory.Exists(checkout.LocalFolder) ? new MailCatcher(new Home(checkout.LocalFolder)).Mails : [];
        if (number > mails.Count)
            throw new LaunchException(mails.Count == 0 ? "No mail was sent yet" : $"There are {mails.Count} mails");
        Console.WriteLine(number > 0 ? Whole(mails[number - 1]) : List(mails));
        return 0;
    }

    private static string List(IReadOnlyList<CaughtMail> mails) => mails.Count == 0
        ? "No mail was sent yet."
        : string.Join('\n', mails.Take(Most).Select((mail, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{i + 1,4}  {mail.At:u}  {mail.To,-32}  {mail.Subject}")));

    private static string Whole(CaughtMail mail) =>
        $"""
        From:    {mail.From}
        To:      {mail.To}
        Date:    {mail.At:u}
        Subject: {mail.Subject}

        {mail.Text.TrimEnd()}
        """;
}
