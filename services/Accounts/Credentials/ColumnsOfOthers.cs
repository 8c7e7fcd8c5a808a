using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EPerfect.Accounts.Credentials;

/// <summary>A library's type carries no attribute of ours.</summary>
internal static class ColumnsOfOthers
{
    /// <summary>Says why a column that is named like personal data is none; the analyzer reads it.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="column">The column.</param>
    /// <param name="why">Why.</param>
    public static PropertyBuilder<T> NotPersonal<T>(this PropertyBuilder<T> column, string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return column;
    }
}
