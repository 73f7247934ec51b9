with

fact_budget as (

    select * from {{ ref('fact_budget') }}

)

select
    budget_key,
    document_key,
    policy_key,
    program_key,
    budget_level,
    budget_stage,
    period_text,
    amount_yen,
    raw_text,
    cell_key
from fact_budget
where
    fiscal_year is null
    and value_status = 'value'
