using EPerfect.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EPerfect.Testing;

/// <summary>A message comes to a service that has no broker.</summary>
public static class Hearing
{
    /// <summary>What follows from it is committed.</summary>
    /// <typeparam name="TMessage">What comes.</typeparam>
    /// <param name="service">To whom.</param>
    /// <param name="reaction">What the service does with it.</param>
    /// <param name="message">The message.</param>
    /// <param name="before">What happens before the commit.</param>
    public static Task<Decision> HearAsync<TMessage>(
        this TestService service, IReaction<TMessage> reaction, TMessage message, Action? before = null) =>
        service.Services.GetRequiredService<Writer>().WriteAsync(
            reaction.StreamOf(message),
            "test",
            async (work, token) =>
            {
                await reaction.ReactAsync(work, message, token);
                before?.Invoke();
                return Decision.Nothing;
            },
            TestContext.Current.CancellationToken);
}
