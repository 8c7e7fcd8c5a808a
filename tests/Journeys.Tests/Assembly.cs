using EPerfect.Testing;

[assembly: AssemblyFixture(typeof(RunningPlatform))]
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
