with

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

amounts as (

    select
        *,
        cast(amount_yen as double) / nullif(cast(amount_printed as double), 0) as yen_per_unit
    from fact_budget
    where
        fiscal_year is not null
        and inclusion = 'exact'

),

-- 当初予算（a）, 補正予算（b）, 繰越し等（c） and 合計（a＋b＋c） of one year, each printed once.
totals as (

    select
        document_key,
        policy_key,
        goal_key,
        program_key,
        review_number,
        fiscal_year,
        max(case when budget_stage = 'revised' then budget_key end) as budget_key,
        max(case when budget_stage = 'revised' then cell_key end) as cell_key,
        max(case when budget_stage = 'initial' then amount_yen end) as initial_amount_yen,
        max(case when budget_stage = 'supplementary' then amount_yen end)
            as supplementary_amount_yen,
        max(case when budget_stage = 'carryover' then amount_yen end) as carryover_amount_yen,
        max(case when budget_stage = 'revised' then amount_yen end) as revised_amount_yen,
        max(yen_per_unit) as largest_unit_yen
    from amounts
    where budget_stage in ('initial', 'supplementary', 'carryover', 'revised')
    group by document_key, policy_key, goal_key, program_key, review_number, fiscal_year
    having
        sum(case when budget_stage = 'initial' then 1 else 0 end) = 1
        and sum(case when budget_stage = 'supplementary' then 1 else 0 end) <= 1
        and sum(case when budget_stage = 'carryover' then 1 else 0 end) <= 1
        and sum(case when budget_stage = 'revised' then 1 else 0 end) = 1
        and sum(case when budget_stage in ('supplementary', 'carryover') then 1 else 0 end) > 0

),

-- A dash in a part adds nothing to a total; it stays null here, so that it can be seen.
compared as (

    select
        *,
        coalesce(initial_amount_yen, 0)
        + coalesce(supplementary_amount_yen, 0)
        + coalesce(carryover_amount_yen, 0) as sum_of_parts_yen
    from totals

)

select
    budget_key,
    document_key,
    policy_key,
    goal_key,
    program_key,
    review_number,
    fiscal_year,
    initial_amount_yen,
    supplementary_amount_yen,
    carryover_amount_yen,
    revised_amount_yen,
    sum_of_parts_yen,
    revised_amount_yen - sum_of_parts_yen as difference_yen,
    -- Three parts and a total, each rounded to its unit.
    coalesce(abs(revised_amount_yen - sum_of_parts_yen) <= 2 * largest_unit_yen, false)
        as is_rounding_sized,
    cell_key
from compared
where revised_amount_yen <> sum_of_parts_yen
