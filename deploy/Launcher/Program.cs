using EPerfect.Launcher;
using EPerfect.Launcher.Commands;
using EPerfect.Launcher.Output;

try
{
    return args switch
    {
        ["up", .. var rest] => await Up.RunAsync(rest),
        ["down", .. var rest] => await Down.RunAsync(rest),
        ["reset", .. var rest] => await Reset.RunAsync(rest),
        ["errors", .. var rest] => await Errors.RunAsync(rest),
        ["keys", .. var rest] => await Keys.RunAsync(rest),
        ["signing-keys", .. var rest] => await SigningKeys.RunAsync(rest),
        ["projections", .. var rest] => await Projections.RunAsync(rest),
        ["register", .. var rest] => await Register.RunAsync(rest),
        ["certificate", .. var rest] => await Certificate.RunAsync(rest),
        ["partner", .. var rest] => await Partner.RunAsync(rest),
        ["token", .. var rest] => await Token.RunAsync(rest),
        ["mail", .. var rest] => Mail.Run(rest),
        _ => Help(),
    };
}
catch (LaunchException failure)
{
    Screen.Failure(failure);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted; what was started is stopped again.");
    return 130;
}

static int Help()
{
    Console.WriteLine(string.Join(
        '\n', Up.Usage, Down.Usage, Reset.Usage, Errors.Usage, Keys.Usage, SigningKeys.Usage, Projections.Usage,
        Register.Usage, Certificate.Usage, Partner.Usage, Token.Usage, Mail.Usage));
    return 1;
}
