using System.Globalization;
using System.Runtime.InteropServices;

namespace EPerfect.Launcher.Processes;

/// <summary>
/// One process, told apart from any later process that is given the same number: number, start time in clock ticks
/// since boot, and the boot itself.
/// </summary>
internal sealed record ProcessIdentity(int Pid, long StartTicks, string BootId)
{
    private static readonly string CurrentBoot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public bool IsAlive => Of(Pid) == this;

    /// <summary>The process that has this number now; null when there is none, or only its unreaped remains.</summary>
    public static ProcessIdentity? Of(int pid)
    {
        try
        {
            // The name (field 2) is in parentheses and may hold anything; the fields after it are plain.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : new ProcessIdentity(pid, long.Parse(fields[19], CultureInfo.InvariantCulture), CurrentBoot);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public string CommandLine()
    {
        try
        {
            return File.ReadAllText($"/proc/{Pid}/cmdline").Replace('\0', ' ');
        }
        catch (IOException)
        {
            return "";
        }
    }

    public void Send(Signal signal)
    {
        if (IsAlive)
            _ = Kill(Pid, (int)signal);
    }

    public async Task<bool> WaitForExitAsync(TimeSpan timeout, CancellationToken ct = default)
    {
        for (var waited = TimeSpan.Zero; IsAlive; waited += Poll.Interval)
        {
            if (waited > timeout)
                return false;
            await Task.Delay(Poll.Interval, ct);
        }

        return true;
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int pid, int signal);
}
