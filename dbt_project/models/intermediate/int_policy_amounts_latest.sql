with

int_policy_amounts_chosen as (

    select * from {{ ref('int_policy_amounts_chosen') }}

),

-- The latest year for which the sheet says what was spent, and the latest initial budget.
dated as (

    select
        *,
        max(case
            when budget_stage = 'executed' and policy_amount_yen is not null then fiscal_year
        end) over (partition by policy_key) as executed_fiscal_year,
        max(case
            when budget_stage = 'initial' and policy_amount_yen is not null then fiscal_year
        end) over (partition by policy_key) as initial_fiscal_year
    from int_policy_amounts_chosen

)

select
    min(document_key) as document_key,
    policy_key,
    executed_fiscal_year,
    initial_fiscal_year,
    max(case
        when budget_stage = 'revised' and fiscal_year = executed_fiscal_year
            then policy_amount_yen
    end) as revised_amount_yen,
    max(case
        when budget_stage = 'executed' and fiscal_year = executed_fiscal_year
            then policy_amount_yen
    end) as executed_amount_yen,
    max(case
        when budget_stage = 'initial' and fiscal_year = initial_fiscal_year
            then policy_amount_yen
    end) as initial_amount_yen,
    max(case
        when budget_stage = 'executed' and fiscal_year = executed_fiscal_year
            then program_amount_yen
    end) as program_executed_amount_yen,
    max(case
        when budget_stage = 'executed' and fiscal_year = executed_fiscal_year
            then program_count_without_amount
    end) as program_count_without_executed_amount
from dated
group by policy_key, executed_fiscal_year, initial_fiscal_year
