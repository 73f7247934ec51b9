with

dim_indicator as (

    select * from {{ ref('dim_indicator') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

actuals as (

    select
        fact_indicator_values.*,
        lag(fact_indicator_values.value_numeric) over (
            partition by fact_indicator_values.document_key, fact_indicator_values.indicator_key
            order by fact_indicator_values.fiscal_year, fact_indicator_values.indicator_value_key
        ) as previous_value,
        lag(fact_indicator_values.fiscal_year) over (
            partition by fact_indicator_values.document_key, fact_indicator_values.indicator_key
            order by fact_indicator_values.fiscal_year, fact_indicator_values.indicator_value_key
        ) as previous_fiscal_year
    from fact_indicator_values
    inner join dim_indicator
        on fact_indicator_values.indicator_key = dim_indicator.indicator_key
    where
        dim_indicator.aggregation = 'cumulative'
        and fact_indicator_values.value_kind = 'actual'
        and fact_indicator_values.value_status = 'value'
        and fact_indicator_values.fiscal_year is not null

)

select
    indicator_value_key,
    document_key,
    policy_key,
    indicator_key,
    previous_fiscal_year,
    previous_value,
    fiscal_year,
    value_numeric,
    cell_key
from actuals
where value_numeric < previous_value
