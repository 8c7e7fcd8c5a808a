using EPerfect.Chaos;
using EPerfect.Launcher;

if (Options.Parse(args) is not { } options)
{
    Console.WriteLine(Options.Usage);
    return args is ["--help" or "-h"] ? 0 : 2;
}

try
{
    await using var run = new Run(options, Console.WriteLine);
    using var interrupted = new CancellationTokenSource();
    Console.CancelKeyPress += (_, e) => { e.Cancel = true; interrupted.Cancel(); };
    var result = await run.JudgedAsync(interrupted.Token);
    Console.WriteLine();
    Console.WriteLine(result);
    return result.Violations.Count == 0 ? 0 : 1;
}
catch (Exception failure) when (failure is LaunchException or OperationCanceledException)
{
    Console.Error.WriteLine(failure.Message);
    return 2;
}
