with

int_budget_amounts_classified as (

    select * from {{ ref('int_budget_amounts_classified') }}

),

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

),

amounts as (

    select
        int_budget_amounts_classified.program_key,
        int_budget_amounts_classified.fiscal_year,
        int_budget_amounts_classified.budget_stage,
        int_budget_amounts_classified.inclusion,
        int_budget_amounts_classified.amount_yen,
        -- A sheet without a year counts as the oldest.
        coalesce(stg_normalized__documents.fiscal_year, 0) as sheet_fiscal_year
    from int_budget_amounts_classified
    inner join stg_normalized__documents
        on int_budget_amounts_classified.document_key = stg_normalized__documents.document_key
    where
        int_budget_amounts_classified.budget_level = 'program'
        and int_budget_amounts_classified.value_status = 'value'
        and int_budget_amounts_classified.fiscal_year is not null

),

-- The same amount is printed under several goals, on several policies' sheets and again in
-- later years: it is one amount. What the latest sheets print stands.
dated as (

    select
        *,
        max(sheet_fiscal_year) over (
            partition by program_key, fiscal_year, budget_stage
        ) as latest_sheet_fiscal_year
    from amounts

),

-- Where those sheets differ among themselves there is no telling which is right: null.
chosen as (

    select
        program_key,
        fiscal_year,
        budget_stage,
        count(distinct case when inclusion = 'exact' then amount_yen end) as exact_count,
        min(case when inclusion = 'exact' then amount_yen end) as smallest_exact,
        min(case when inclusion = 'inclusive' then amount_yen end) as smallest_pot,
        max(case when inclusion = 'exact' then amount_yen end) as largest_exact,
        max(case when inclusion = 'exclusive' then 1 else 0 end) = 1 as has_exclusive_amounts
    from dated
    where sheet_fiscal_year = latest_sheet_fiscal_year
    group by program_key, fiscal_year, budget_stage

)

select
    program_key,
    fiscal_year,
    budget_stage,
    case when exact_count = 1 then smallest_exact end as amount_yen,
    -- Every pot holds the program's amount, so the smallest is the closest bound.
    smallest_pot as upper_bound_yen,
    smallest_exact,
    largest_exact,
    exact_count > 1 as has_conflicting_amounts,
    has_exclusive_amounts
from chosen
