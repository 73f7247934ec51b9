with

dim_document as (

    select * from {{ ref('dim_document') }}

),

dim_indicator as (

    select * from {{ ref('dim_indicator') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

goals_of_indicators as (

    select
        document_key,
        indicator_key
    from fact_indicator_values
    where
        value_kind in ('annual_target', 'target')
        and value_status in ('value', 'text')
    group by document_key, indicator_key

)

select
    dim_indicator.indicator_key,
    dim_indicator.document_key,
    dim_document.sheet_code,
    dim_indicator.goal_number,
    dim_indicator.indicator_number,
    dim_indicator.indicator_name,
    dim_indicator.indicator_type
from dim_indicator
inner join dim_document
    on dim_indicator.document_key = dim_document.document_key
left join goals_of_indicators
    on
        dim_indicator.document_key = goals_of_indicators.document_key
        and dim_indicator.indicator_key = goals_of_indicators.indicator_key
where goals_of_indicators.indicator_key is null
