using EPerfect.PersonalData;
using EPerfect.ServiceDefaults;
using Npgsql;

namespace EPerfect.Privacy.Signing;

/// <summary>The operator's command for the keys that sign: shows them; makes a new one before its time.</summary>
internal static class SigningKeysCommand
{
    public const string Word = "signing-keys";

    private const string Usage = $"""
        {Word}           which keys have signed, and since when; the newest signs
        {Word} rotate    makes a new one now; every instance signs with it within a minute

        What the old ones signed stays verifiable: their public parts stay in GET /api/privacy/keys.
        Exits with 0 if it was done, with 1 if not.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.WriteLine(Usage);
            return 0;
        }

        if (args is not ([] or ["rotate"])) return Fail(Usage);
        try
        {
            await using var app = ServiceHost.Build(PrivacyModule.Define(), ["--Logging:LogLevel:Default=Warning"]);
            return args is [] ? await ShowAsync(app.Services) : await RotateAsync(app.Services);
        }
        catch (Exception failure) when (failure is NpgsqlException or InvalidOperationException or IOException
            or VaultUnavailableException or TamperSuspectedException)
        {
            return Fail(failure.Message);
        }
    }

    private static async Task<int> ShowAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        var keys = await scope.ServiceProvider.GetRequiredService<Reader>()
            .LatestAsync<SigningKeys>(SigningKeys.StreamId, CancellationToken.None);
        if (keys is null) Console.WriteLine("none yet; the first is made when something is to be signed");
        foreach (var key in keys?.All ?? []) Console.WriteLine($"{key.KeyId}, made {key.MadeAt:u}");
        return 0;
    }

    private static async Task<int> RotateAsync(IServiceProvider services)
    {
        // Of all that a service runs, this needs the one door for writes.
        var writer = services.GetRequiredService<Writer>();
        await writer.StartAsync(CancellationToken.None);
        try
        {
            if (await services.GetRequiredService<Signer>().RotateAsync(CancellationToken.None) is not { } made)
                return Fail("Another process made a new one at this moment.");
            Console.WriteLine($"{made} signs from now on; the others only verify");
            return 0;
        }
        finally
        {
            await writer.StopAsync(CancellationToken.None);
        }
    }

    private static int Fail(string message)
    {
        Console.Error.WriteLine(message);
        return 1;
    }
}
