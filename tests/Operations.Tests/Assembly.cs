using EPerfect.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
