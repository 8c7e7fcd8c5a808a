namespace EPerfect.Contracts.Privacy;

/// <summary>Privacy has gathered a part of what it holds of a person, readable for nobody but who has the key.</summary>
public sealed record ExportPartDelivered : ExportPart, IContract
{
    /// <summary>The event's name on the wire, and its exchange.</summary>
    public const string Name = "privacy.export-part-delivered.v1";

    static string IContract.WireName => Name;
}
