namespace EPerfect.Domains.Names;

/// <summary>The files of Names/Data, carried inside the assembly.</summary>
internal static class DataFile
{
    public static Stream Open(string name) =>
        typeof(DataFile).Assembly.GetManifestResourceStream(name)
        ?? throw new FileNotFoundException("Not embedded in the assembly.", name);
}
