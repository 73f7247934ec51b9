with

stg_normalized__indicator_values as (

    select * from {{ ref('stg_normalized__indicator_values') }}

),

-- Several printed values of one kind and year: the year keeps its row, none is chosen.
counted as (

    select
        *,
        count(*) over (partition by indicator_key, value_kind, fiscal_year) as printed_count
    from stg_normalized__indicator_values
    where
        fiscal_year is not null
        and value_kind in ('actual', 'annual_target', 'target')

),

-- A sheet can go on in another file; its rows are made from all of its files together.
years as (

    select
        min(document_key) as document_key,
        indicator_key,
        fiscal_year,
        max(printed_count) > 1 as has_repeated_values
    from counted
    group by indicator_key, fiscal_year

),

actuals as (

    select * from counted
    where value_kind = 'actual' and printed_count = 1

),

-- The year's own target, else the final target if it is for this year.
targets as (

    select
        *,
        row_number() over (
            partition by indicator_key, fiscal_year
            order by
                case when value_status in ('value', 'text') then 0 else 1 end,
                case when value_kind = 'annual_target' then 0 else 1 end
        ) as target_rank
    from counted
    where value_kind in ('annual_target', 'target') and printed_count = 1

)

select
    years.document_key,
    years.indicator_key,
    years.fiscal_year,
    years.has_repeated_values,
    targets.value_kind as target_kind,
    targets.value_numeric as target_value,
    targets.value_unit as target_unit,
    targets.value_qualifier as target_qualifier,
    targets.value_status as target_status,
    targets.raw_text as target_text,
    actuals.value_numeric as actual_value,
    actuals.value_unit as actual_unit,
    actuals.value_qualifier as actual_qualifier,
    actuals.value_status as actual_status,
    actuals.raw_text as actual_text
from years
left join actuals
    on
        years.indicator_key = actuals.indicator_key
        and years.fiscal_year = actuals.fiscal_year
left join targets
    on
        years.indicator_key = targets.indicator_key
        and years.fiscal_year = targets.fiscal_year
        and targets.target_rank = 1
