namespace EPerfect.Launcher.Infrastructure;

/// <summary>The server's configuration files, written afresh before every start.</summary>
internal static class PostgresSettings
{
    // Refused otherwise: nothing but loopback, nothing without a password, no local socket.
    public const string HostBasedAccess = "host all all 127.0.0.1/32 scram-sha-256\n";

    public static string For(int port, bool durable) =>
        $"""
        listen_addresses = '127.0.0.1'
        port = {port}
        unix_socket_directories = ''
        password_encryption = scram-sha-256
        max_connections = 200
        timezone = 'UTC'
        datestyle = 'iso, ymd'

        # A small machine that runs everything
        shared_buffers = 128MB
        max_wal_size = 512MB
        jit = off
        fsync = {(durable ? "on" : "off")}
        full_page_writes = {(durable ? "on" : "off")}

        # No statement, parameter or row content reaches the log: it may be about a person
        log_destination = 'stderr'
        logging_collector = off
        log_line_prefix = '%m [%p] %q%u@%d '
        log_timezone = 'UTC'
        log_error_verbosity = terse
        log_min_error_statement = panic
        log_statement = 'none'
        log_min_duration_statement = -1
        log_parameter_max_length = 0
        log_parameter_max_length_on_error = 0

        """;
}
