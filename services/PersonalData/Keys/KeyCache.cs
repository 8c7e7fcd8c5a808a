namespace EPerfect.PersonalData;

/// <summary>
/// Unwrapped keys for a minute, the least recently used dropped first. What is dropped is overwritten, also while
/// somebody is about to use it: a key says so then.
/// </summary>
internal sealed class KeyCache(TimeProvider time, int capacity = KeyCache.DefaultCapacity) : IDisposable
{
    public const int DefaultCapacity = 10_000;
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly Dictionary<KeyName, LinkedListNode<Entry>> entries = [];
    private readonly LinkedList<Entry> byUse = new();
    private long generation = -1;
    private long clearings;

    /// <summary>
    /// Taken before reading the store and handed to <see cref="Put"/>: a key read before a clearing must not enter
    /// after it.
    /// </summary>
    public long Mark
    {
        get
        {
            lock (gate)
            {
                return clearings;
            }
        }
    }

    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <param name="name">Whose key.</param>
    /// <param name="version">The version, or null for the newest.</param>
    public DataKey? Find(KeyName name, int? version)
    {
        lock (gate)
        {
            if (!entries.TryGetValue(name, out var node))
            {
                return null;
            }

            if (IsOver(node.Value))
            {
                Drop(node);
                return null;
            }

            if (byUse.First != node)
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
            }

            return node.Value.Ring.Find(version);
        }
    }

    /// <summary>Takes the ring over; it is overwritten when it leaves, or at once if it came too late.</summary>
    public void Put(KeyName name, KeyRing ring, long mark)
    {
        lock (gate)
        {
            if (mark != clearings || ring.IsEmpty)
            {
                ring.Dispose();
                return;
            }

            if (entries.TryGetValue(name, out var old))
            {
                Drop(old);
            }
            else if (entries.Count == capacity)
            {
                Drop(byUse.Last!);
            }

            entries[name] = byUse.AddFirst(new Entry(name, ring, time.GetTimestamp()));
        }
    }

    /// <summary>Forgets everything if the store has changed since.</summary>
    public void MoveTo(long newGeneration)
    {
        lock (gate)
        {
            if (newGeneration != generation)
            {
                Clear();
                generation = newGeneration;
            }
        }
    }

    /// <summary>Drops what nobody asked for in time.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            foreach (var node in entries.Values.Where(node => IsOver(node.Value)).ToList())
            {
                Drop(node);
            }
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            Clear();
        }
    }

    private bool IsOver(Entry entry) => time.GetElapsedTime(entry.Since) >= Lifetime;

    private void Clear()
    {
        clearings++;
        while (byUse.First is { } node)
        {
            Drop(node);
        }
    }

    private void Drop(LinkedListNode<Entry> node)
    {
        entries.Remove(node.Value.Name);
        byUse.Remove(node);
        node.Value.Ring.Dispose();
    }

    private sealed record Entry(KeyName Name, KeyRing Ring, long Since);
}
