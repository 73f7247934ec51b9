with

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

repeated as (

    select
        document_key,
        indicator_key,
        value_kind,
        fiscal_year,
        period_text,
        min(indicator_value_key) as first_indicator_value_key,
        cast(count(*) as integer) as printed_count,
        cast(count(distinct raw_text) as integer) as text_count
    from fact_indicator_values
    where
        fiscal_year is not null
        or value_kind in ('baseline', 'target')
    group by document_key, indicator_key, value_kind, fiscal_year, period_text
    having count(*) > 1

)

select
    first_indicator_value_key,
    document_key,
    indicator_key,
    value_kind,
    fiscal_year,
    period_text,
    printed_count,
    text_count
from repeated
