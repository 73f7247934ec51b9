with

stg_normalized__indicator_values as (

    select * from {{ ref('stg_normalized__indicator_values') }}

)

select
    indicator_value_key,
    document_key,
    policy_key,
    goal_key,
    indicator_key,
    goal_number,
    indicator_number,
    value_kind,
    fiscal_year,
    period_text,
    value_numeric,
    value_unit,
    value_qualifier,
    value_status,
    raw_text,
    cell_key,
    value_rule,
    {{ fiscal_year_start('fiscal_year') }} as fiscal_year_start_date
from stg_normalized__indicator_values
