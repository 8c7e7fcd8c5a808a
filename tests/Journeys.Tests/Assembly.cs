using EPerfect.Testing;

[assembly: AssemblyFixture(typeof(RunningPlatform))]
[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
