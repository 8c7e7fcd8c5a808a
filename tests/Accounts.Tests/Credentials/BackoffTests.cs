using EPerfect.Accounts.Credentials;

namespace EPerfect.Accounts.Tests.Credentials;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 1)]
    [InlineData(6, 2)]
    [InlineData(7, 4)]
    [InlineData(8, 8)]
    [InlineData(9, 15)]
    [InlineData(10_000, 15)]
    public void An_address_rests_longer_with_each_failure_but_never_for_ever(int failures, int minutes) =>
        Backoff.After(failures).ShouldBe(TimeSpan.FromMinutes(minutes));
}
