using EPerfect.Domains;
using EPerfect.ServiceDefaults;

return await ServiceHost.RunAsync(DomainsModule.Define(), args);
