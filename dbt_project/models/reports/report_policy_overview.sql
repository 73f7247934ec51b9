with

bridge_program_goal as (

    select * from {{ ref('bridge_program_goal') }}

),

cells as (

    select * from {{ ref('cells') }}

),

dim_document as (

    select * from {{ ref('dim_document') }}

),

dim_goal as (

    select * from {{ ref('dim_goal') }}

),

dim_indicator as (

    select * from {{ ref('dim_indicator') }}

),

dim_policy as (

    select * from {{ ref('dim_policy') }}

),

int_policy_amounts_chosen as (

    select * from {{ ref('int_policy_amounts_chosen') }}

),

report_indicator_progress as (

    select * from {{ ref('report_indicator_progress') }}

),

goals as (

    select
        policy_key,
        cast(count(*) as integer) as goal_count
    from dim_goal
    group by policy_key

),

indicators as (

    select
        policy_key,
        cast(count(*) as integer) as indicator_count,
        cast(sum(case when indicator_type = 'quantitative' then 1 else 0 end) as integer)
            as quantitative_indicator_count
    from dim_indicator
    group by policy_key

),

programs as (

    select
        dim_goal.policy_key,
        cast(count(distinct bridge_program_goal.program_key) as integer) as program_count
    from bridge_program_goal
    inner join dim_goal
        on bridge_program_goal.goal_key = dim_goal.goal_key
    group by dim_goal.policy_key

),

-- Each indicator at the latest year that has a figure.
progress as (

    select
        policy_key,
        cast(sum(case when is_target_reached then 1 else 0 end) as integer)
            as reached_indicator_count,
        cast(sum(case when not is_target_reached then 1 else 0 end) as integer)
            as missed_indicator_count
    from report_indicator_progress
    where is_latest_actual
    group by policy_key

),

quarantined as (

    select
        document_key,
        cast(count(*) as integer) as quarantined_cell_count
    from cells
    where role = 'quarantined'
    group by document_key

),

-- The latest year for which the sheet says what was spent, and the latest initial budget.
latest_years as (

    select
        policy_key,
        max(case
            when budget_stage = 'executed' and policy_amount_yen is not null then fiscal_year
        end) as executed_fiscal_year,
        max(case
            when budget_stage = 'initial' and policy_amount_yen is not null then fiscal_year
        end) as initial_fiscal_year
    from int_policy_amounts_chosen
    group by policy_key

),

amounts as (

    select
        latest_years.policy_key,
        latest_years.executed_fiscal_year,
        latest_years.initial_fiscal_year,
        max(case
            when
                int_policy_amounts_chosen.budget_stage = 'revised'
                and int_policy_amounts_chosen.fiscal_year = latest_years.executed_fiscal_year
                then int_policy_amounts_chosen.policy_amount_yen
        end) as revised_amount_yen,
        max(case
            when
                int_policy_amounts_chosen.budget_stage = 'executed'
                and int_policy_amounts_chosen.fiscal_year = latest_years.executed_fiscal_year
                then int_policy_amounts_chosen.policy_amount_yen
        end) as executed_amount_yen,
        max(case
            when
                int_policy_amounts_chosen.budget_stage = 'initial'
                and int_policy_amounts_chosen.fiscal_year = latest_years.initial_fiscal_year
                then int_policy_amounts_chosen.policy_amount_yen
        end) as initial_amount_yen,
        max(case
            when
                int_policy_amounts_chosen.budget_stage = 'executed'
                and int_policy_amounts_chosen.fiscal_year = latest_years.executed_fiscal_year
                then int_policy_amounts_chosen.program_amount_yen
        end) as program_executed_amount_yen,
        max(case
            when
                int_policy_amounts_chosen.budget_stage = 'executed'
                and int_policy_amounts_chosen.fiscal_year = latest_years.executed_fiscal_year
                then int_policy_amounts_chosen.program_count_without_amount
        end) as program_count_without_executed_amount
    from latest_years
    inner join int_policy_amounts_chosen
        on latest_years.policy_key = int_policy_amounts_chosen.policy_key
    group by
        latest_years.policy_key,
        latest_years.executed_fiscal_year,
        latest_years.initial_fiscal_year

)

select
    dim_policy.policy_key,
    dim_policy.document_key,
    dim_document.fiscal_year as sheet_fiscal_year,
    dim_document.sheet_code,
    dim_document.ministry_name,
    dim_document.ministry_name_english,
    dim_policy.policy_name,
    dim_policy.bureau,
    dim_policy.evaluation_fiscal_year,
    coalesce(goals.goal_count, 0) as goal_count,
    coalesce(indicators.indicator_count, 0) as indicator_count,
    coalesce(indicators.quantitative_indicator_count, 0) as quantitative_indicator_count,
    coalesce(progress.reached_indicator_count, 0) as reached_indicator_count,
    coalesce(progress.missed_indicator_count, 0) as missed_indicator_count,
    coalesce(indicators.indicator_count, 0)
    - coalesce(progress.reached_indicator_count, 0)
    - coalesce(progress.missed_indicator_count, 0) as undecided_indicator_count,
    coalesce(programs.program_count, 0) as program_count,
    amounts.executed_fiscal_year,
    amounts.revised_amount_yen,
    amounts.executed_amount_yen,
    case
        when amounts.revised_amount_yen > 0
            then {{ percent('amounts.executed_amount_yen', 'amounts.revised_amount_yen') }}
    end as executed_percent,
    amounts.initial_fiscal_year,
    amounts.initial_amount_yen,
    amounts.program_executed_amount_yen,
    amounts.program_count_without_executed_amount,
    coalesce(quarantined.quarantined_cell_count, 0) as quarantined_cell_count
from dim_policy
inner join dim_document
    on dim_policy.document_key = dim_document.document_key
left join goals
    on dim_policy.policy_key = goals.policy_key
left join indicators
    on dim_policy.policy_key = indicators.policy_key
left join programs
    on dim_policy.policy_key = programs.policy_key
left join progress
    on dim_policy.policy_key = progress.policy_key
left join amounts
    on dim_policy.policy_key = amounts.policy_key
left join quarantined
    on dim_policy.document_key = quarantined.document_key
