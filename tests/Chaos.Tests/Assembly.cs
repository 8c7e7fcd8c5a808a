[assembly: Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]
