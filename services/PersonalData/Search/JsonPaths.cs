namespace EPerfect.PersonalData;

/// <summary>Where in a column's JSON something stands. A path quotes no value, and no name that could be one.</summary>
internal static class JsonPaths
{
    /// <summary>The question: each path with its number of rows; without a path, the rows in which it stands across several
    /// values.</summary>
    /// <param name="table">As it is written in SQL.</param>
    /// <param name="column">As it is written in SQL.</param>
    /// <param name="slice">Which rows.</param>
    /// <param name="stands">Whether a text in lower case holds what is looked for.</param>
    public static string Of(string table, string column, string slice, Func<string, string> stands) =>
        $$"""
        with recursive hit as materialized (
            select t.ctid as id, t.{{column}} as node from {{table}} t
            where {{slice}} and {{stands($"lower(t.{column}::text)")}}),
        part(id, path, node, is_named) as (
            select id, '', node, false from hit
            union all
            select part.id, part.path || inner_.step, inner_.node, inner_.is_named
            from part cross join lateral (
                select case when key ~ '^[A-Za-z_][A-Za-z0-9_]*$' and not {{stands("lower(key)")}} then '.' || key else '.*' end,
                    value, {{stands("lower(key)")}}
                from jsonb_each(case jsonb_typeof(part.node) when 'object' then part.node else '{}' end)
                union all
                select '[]', value, false
                from jsonb_array_elements(case jsonb_typeof(part.node) when 'array' then part.node else '[]' end)
            ) as inner_(step, node, is_named)),
        found as (
            select distinct id, coalesce(nullif(ltrim(path, '.'), ''), '$') as path from part
            where is_named or (jsonb_typeof(node) not in ('object', 'array') and {{stands("lower(node #>> '{}')")}}))
        select path, count(*) from found group by path
        union all
        select null, count(*) from hit where id not in (select id from found) having count(*) > 0
        """;
}
