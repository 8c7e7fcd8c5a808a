namespace EPerfect.ServiceDefaults.Tests;

/// <summary>What no compiler saw ends the start.</summary>
public sealed class ExposedEventsTests
{
    private sealed record Moved(Guid Id, string Street);

    private sealed record Counted(Guid Id, int Count);

    [Fact]
    public void A_service_that_would_store_personal_data_in_clear_does_not_start() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(Storing<Moved>()))
        .Message.ShouldBe("Personal data would rest or travel in clear: Moved.Street: its name says street.");

    [Fact]
    public void A_service_that_would_send_personal_data_in_clear_does_not_start() => Should
        .Throw<InvalidOperationException>(() => PersonalDataSetup.Check(Sending<Moved>()));

    [Fact]
    public void A_service_that_stores_facts_starts() =>
        Should.NotThrow(() => PersonalDataSetup.Check(Storing<Counted>()));

    // The analyzer does not see through a type parameter.
    private static ServiceDefinition Storing<T>()
        where T : class => new ServiceDefinition("exposed").Event<T>("happened");

    private static ServiceDefinition Sending<T>()
        where T : class => new ServiceDefinition("exposed").Publishes<T>("exposed.happened.v1");
}
