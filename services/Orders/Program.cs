using EPerfect.Orders;
using EPerfect.ServiceDefaults;

return await ServiceHost.RunAsync(OrdersModule.Define(), args);
