namespace EPerfect.Launcher;

/// <summary>The working copy that this program was built from.</summary>
internal sealed record Checkout(string Folder)
{
    public static Checkout Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "platform.sln")))
                return new Checkout(at.FullName);
        }

        throw new LaunchException($"{AppContext.BaseDirectory} is not inside a checkout (no platform.sln above it)");
    }

    public string LocalFolder => Path.Combine(Folder, ".local");

    public string TopologyFile => Path.Combine(Folder, "deploy", "topology.json");
}
