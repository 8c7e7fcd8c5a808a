using System.Security.Cryptography;
using EPerfect.Launcher.Running;
using EPerfect.Launcher.SignIn;

namespace EPerfect.Launcher.Demo;

/// <summary>
/// The main job of the platform, through the gateway: a customer signs up, reads and accepts the documents, opens an
/// account, orders hosting and a domain, pays, and is served.
/// </summary>
internal static class MainJob
{
    public static async Task RunAsync(Platform platform, TextWriter output, CancellationToken ct)
    {
        using var visitor = new Visitor(
            platform.Address, (PlatformSettings.ConsoleClient, PlatformSettings.ConsoleRedirect));
        using var door = new Door(platform.Address, visitor);
        var run = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(5));
        var (person, domain) = (Person.New(run), $"ada-{run}.com");
        var narrator = new Narrator(door, output);
        var arriving = new Arriving(visitor, platform.Mail, narrator);
        var opening = new Opening(door, visitor, narrator);
        var buying = new Buying(door, narrator);
        var seeing = new Seeing(door, narrator);
        try
        {
            await arriving.SignUpAsync(person, ct);
            var policySet = await opening.ReadPolicyAsync(ct);
            var account = await opening.OpenAccountAsync(person, policySet, ct);
            await opening.AcknowledgedAsync(account, ct);
            await buying.AvailableAsync(domain, ct);
            var contact = await buying.RegistrantAsync(person, account, ct);
            var order = await buying.PlaceOrderAsync(account, contact, domain, ct);
            await buying.FollowAsync(order, ct);
            await seeing.RegisteredAsync(domain, ct);
            await seeing.LookUpAsync(domain, person, ct);
            await seeing.TracedAsync(new TraceOf(Path.Combine(platform.Home.Folder, "traces"), door.TraceId), ct);
        }
        catch (RefusedException refused)
        {
            throw new LaunchException(refused.Message);
        }

        output.WriteLine();
        output.WriteLine("The main job is done.");
    }
}
