namespace EPerfect.Operations.Asking;

/// <summary>Where the services' instances are: <c>Services:Addresses:{service}:0</c> and so on.</summary>
internal sealed class ServiceAddresses
{
    private readonly Dictionary<string, Uri[]> instances;

    public ServiceAddresses(IConfiguration configuration)
    {
        instances = configuration.GetSection("Services:Addresses").Get<Dictionary<string, Uri[]>>() ?? [];
        if (instances.Count == 0)
            throw new InvalidOperationException("Services:Addresses is not set: whom is an operator told about?");
        Services = [.. instances.Keys.Order(StringComparer.Ordinal)];
    }

    public IReadOnlyList<string> Services { get; }

    public IReadOnlyList<Uri> Of(string service) => instances[service];
}
