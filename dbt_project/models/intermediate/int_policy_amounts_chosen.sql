with

int_budget_amounts_classified as (

    select * from {{ ref('int_budget_amounts_classified') }}

),

-- A program listed under several goals of one policy is one program with one amount.
program_amounts as (

    select
        min(document_key) as document_key,
        policy_key,
        program_key,
        fiscal_year,
        budget_stage,
        case
            when count(distinct case when is_additive then amount_yen end) = 1
                then min(case when is_additive then amount_yen end)
        end as amount_yen
    from int_budget_amounts_classified
    where
        budget_level = 'program'
        and fiscal_year is not null
        and value_status = 'value'
    group by policy_key, program_key, fiscal_year, budget_stage

),

program_sums as (

    select
        min(document_key) as document_key,
        policy_key,
        fiscal_year,
        budget_stage,
        cast(sum(amount_yen) as bigint) as program_amount_yen,
        cast(sum(case when amount_yen is null then 1 else 0 end) as integer)
            as program_count_without_amount
    from program_amounts
    group by policy_key, fiscal_year, budget_stage

),

-- The policy's own amount, where the sheet prints one and not several that differ.
policy_amounts as (

    select
        min(document_key) as document_key,
        policy_key,
        fiscal_year,
        budget_stage,
        case
            when count(distinct case when is_additive then amount_yen end) = 1
                then min(case when is_additive then amount_yen end)
        end as policy_amount_yen
    from int_budget_amounts_classified
    where
        budget_level = 'policy'
        and fiscal_year is not null
    group by policy_key, fiscal_year, budget_stage

)

select
    -- A sheet can go on in another file; its rows are made from all of its files together.
    coalesce(policy_amounts.document_key, program_sums.document_key) as document_key,
    coalesce(policy_amounts.policy_key, program_sums.policy_key) as policy_key,
    coalesce(policy_amounts.fiscal_year, program_sums.fiscal_year) as fiscal_year,
    coalesce(policy_amounts.budget_stage, program_sums.budget_stage) as budget_stage,
    policy_amounts.policy_amount_yen,
    program_sums.program_amount_yen,
    coalesce(program_sums.program_count_without_amount, 0) as program_count_without_amount
from policy_amounts
full outer join program_sums
    on
        policy_amounts.policy_key = program_sums.policy_key
        and policy_amounts.fiscal_year = program_sums.fiscal_year
        and policy_amounts.budget_stage = program_sums.budget_stage
