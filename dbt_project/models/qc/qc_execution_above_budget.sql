with

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

-- Amounts of one kind, stage and year that stand on one sheet under one goal and number.
revised as (

    select
        document_key,
        policy_key,
        goal_key,
        program_key,
        review_number,
        fiscal_year,
        inclusion,
        max(amount_yen) as revised_amount_yen
    from fact_budget
    where
        budget_stage = 'revised'
        and value_status = 'value'
    group by
        document_key, policy_key, goal_key, program_key, review_number, fiscal_year, inclusion

)

select
    fact_budget.budget_key,
    fact_budget.document_key,
    fact_budget.policy_key,
    fact_budget.goal_key,
    fact_budget.program_key,
    fact_budget.review_number,
    fact_budget.fiscal_year,
    fact_budget.inclusion,
    revised.revised_amount_yen,
    fact_budget.amount_yen as executed_amount_yen,
    fact_budget.amount_yen - revised.revised_amount_yen as excess_amount_yen,
    fact_budget.cell_key
from fact_budget
inner join revised
    on
        fact_budget.document_key = revised.document_key
        and fact_budget.policy_key = revised.policy_key
        and fact_budget.goal_key is not distinct from revised.goal_key
        and fact_budget.program_key is not distinct from revised.program_key
        and fact_budget.review_number is not distinct from revised.review_number
        and fact_budget.fiscal_year = revised.fiscal_year
        and fact_budget.inclusion = revised.inclusion
where
    fact_budget.budget_stage = 'executed'
    and fact_budget.amount_yen > revised.revised_amount_yen
