namespace EPerfect.Chaos;

/// <summary>What is done to a part, a line or an outside system.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL, and started again afterwards.</summary>
    Kill,

    /// <summary>SIGSTOP, and SIGCONT afterwards: alive, but answers nothing.</summary>
    Pause,

    /// <summary>Connections break, new ones are dropped.</summary>
    Drop,

    /// <summary>Bytes go nowhere, connections stay.</summary>
    Clog,

    /// <summary>What is asked arrives and is done; no answer comes back.</summary>
    HalfOpen,

    /// <summary>Everything takes longer.</summary>
    Delay,

    /// <summary>The outside system breaks down at each call.</summary>
    Fail,

    /// <summary>The outside system takes a call and does not answer.</summary>
    Hang,
}

/// <summary>One fault.</summary>
/// <param name="At">When it begins, from the start of the run.</param>
/// <param name="Lasts">How long.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Target">To whom.</param>
internal sealed record Fault(TimeSpan At, TimeSpan Lasts, FaultKind Kind, string Target)
{
    public override string ToString() => $"{Kind} {Target} for {Lasts.TotalSeconds:0.0} s";
}
