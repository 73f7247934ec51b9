with

int_budget_amounts_classified as (

    select * from {{ ref('int_budget_amounts_classified') }}

)

select
    budget_key,
    document_key,
    policy_key,
    goal_key,
    program_key,
    goal_number,
    budget_level,
    budget_stage,
    fiscal_year,
    amount_yen,
    amount_printed,
    unit_printed,
    inclusion,
    inclusion_source,
    is_additive,
    value_status,
    review_number,
    raw_text,
    cell_key,
    period_text,
    value_qualifier,
    value_rule,
    {{ fiscal_year_start('fiscal_year') }} as fiscal_year_start_date
from int_budget_amounts_classified
