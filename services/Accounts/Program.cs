using EPerfect.Accounts;
using EPerfect.Accounts.Staff;
using EPerfect.ServiceDefaults;

return args is ["operator", var email]
    ? await FirstOperator.RunAsync(AccountsModule.Define(), email)
    : await ServiceHost.RunAsync(AccountsModule.Define(), args);
