using EPerfect.Accounts;
using EPerfect.ServiceDefaults;

return await ServiceHost.RunAsync(AccountsModule.Define(), args);
