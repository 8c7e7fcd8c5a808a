using EPerfect.Testing;

[assembly: AssemblyFixture(typeof(RunningPlatform))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]
