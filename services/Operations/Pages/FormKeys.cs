using System.Collections.Concurrent;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace EPerfect.Operations.Pages;

/// <summary>
/// What the marks against forged forms are made with; nothing else is. In a folder (setting <c>Pages:KeyFolder</c>) that
/// several instances share; unset, in memory: a form that was open over a restart is to be opened again.
/// </summary>
internal sealed class FormKeys : IXmlRepository
{
    private readonly ConcurrentBag<XElement> keys = [];

    public static void Add(IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("eperfect-operations");
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error));
        services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((options, configuration, loggers) =>
            options.XmlRepository = configuration["Pages:KeyFolder"] is { Length: > 0 } folder
                ? new FileSystemXmlRepository(new DirectoryInfo(folder), loggers)
                : new FormKeys());
    }

    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys];

    public void StoreElement(XElement element, string friendlyName) => keys.Add(element);
}
