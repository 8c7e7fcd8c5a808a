using System;
using System.Collections.Generic;

namespace Corpus;

public sealed record Placed(Guid Id, string RegistrantName, IReadOnlyList<Part> Parts); // EPD001

public sealed record Part(string BankAccount); // EPD001

internal sealed record NotOnTheWire(string Email);
