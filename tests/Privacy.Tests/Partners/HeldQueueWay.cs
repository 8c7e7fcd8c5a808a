using EPerfect.Privacy.Partners.Delivery;
using EPerfect.Privacy.Partners.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPerfect.Privacy.Tests.Partners;

/// <summary>The way into partners' queues, where the broker has what was sent and its confirms are on their way for as long as a
/// test wants.</summary>
internal sealed class HeldQueueWay(QueueWay way) : IFeedWay
{
    private volatile TaskCompletionSource confirms = New(isSet: true);

    public string Name => way.Name;

    public int MostAtOnce => way.MostAtOnce;

    /// <summary>Something was sent, and its confirms are on their way.</summary>
    public bool IsHolding { get; private set; }

    public void Hold() => confirms = New(isSet: false);

    public void Release() => confirms.TrySetResult();

    public Task<TimeSpan?> NotBeforeAsync(Guid partnerId, CancellationToken cancellationToken) =>
        way.NotBeforeAsync(partnerId, cancellationToken);

    /// <summary>How often something was taken out to pass the gate again.</summary>
    public int Taken { get; private set; }

    public async Task<IUnread?> TakeUnreadAsync(Guid partnerId, CancellationToken cancellationToken)
    {
        var unread = await way.TakeUnreadAsync(partnerId, cancellationToken);
        if (unread is { Positions.Count: > 0 }) Taken++;
        return unread;
    }

    public async Task<Sending> SendAsync(Parcel parcel, CancellationToken cancellationToken)
    {
        var sent = await way.SendAsync(parcel, cancellationToken);
        IsHolding = !confirms.Task.IsCompleted;
        await confirms.Task.WaitAsync(cancellationToken);
        return sent;
    }

    public static void Put(IServiceCollection services)
    {
        services.Remove(services.Single(one => one.ImplementationType == typeof(QueueWay)));
        services.TryAddSingleton<QueueWay>();
        services.TryAddSingleton<HeldQueueWay>();
        services.AddSingleton<IFeedWay>(all => all.GetRequiredService<HeldQueueWay>());
    }

    private static TaskCompletionSource New(bool isSet)
    {
        var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (isSet) made.SetResult();
        return made;
    }
}
