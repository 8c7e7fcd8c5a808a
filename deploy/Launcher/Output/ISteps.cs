namespace EPerfect.Launcher.Output;

/// <summary>Shows steps while they run, each with its duration.</summary>
internal interface ISteps
{
    /// <summary>Runs a step; the text that it gives is shown behind it when it is done.</summary>
    Task RunAsync(string title, Func<Task<string>> work);
}
