namespace EPerfect.Launcher.Output;

internal static class Duration
{
    public static string Text(TimeSpan duration) =>
        duration.TotalMinutes < 1 ? $"{duration.TotalSeconds:0.0} s" : $"{duration:m\\:ss} min";
}
