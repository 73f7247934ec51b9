with

stg_normalized__indicator_values as (

    select * from {{ ref('stg_normalized__indicator_values') }}

),

target_directions as (

    select * from {{ ref('target_directions') }}

),

-- One baseline and one target an indicator; where a sheet prints two, neither is chosen.
counted as (

    select
        *,
        count(*) over (partition by indicator_key, value_kind) as printed_count
    from stg_normalized__indicator_values
    where value_kind in ('baseline', 'target')

),

baselines as (

    select *
    from counted
    where value_kind = 'baseline' and printed_count = 1

),

targets as (

    select *
    from counted
    where value_kind = 'target' and printed_count = 1

),

-- A sheet can go on in another file; its rows are made from all of its files together.
indicators as (

    select
        min(document_key) as document_key,
        indicator_key
    from stg_normalized__indicator_values
    group by indicator_key

),

-- Annual targets that go both ways, or against the final one, leave the direction open.
annual_steps as (

    select
        indicator_key,
        value_numeric - lag(value_numeric) over (
            partition by indicator_key order by fiscal_year
        ) as step
    from stg_normalized__indicator_values
    where
        value_kind = 'annual_target'
        and value_status = 'value'

),

courses as (

    select
        indicator_key,
        max(step) > 0 as rises,
        min(step) < 0 as falls
    from annual_steps
    group by indicator_key

),

joined as (

    select
        indicators.document_key,
        indicators.indicator_key,
        baselines.fiscal_year as baseline_fiscal_year,
        baselines.value_numeric as baseline_value,
        baselines.value_unit as baseline_unit,
        baselines.value_qualifier as baseline_qualifier,
        targets.fiscal_year as final_target_fiscal_year,
        targets.period_text as final_target_period_text,
        targets.value_numeric as final_target_value,
        targets.value_unit as final_target_unit,
        targets.value_qualifier as final_target_qualifier,
        targets.raw_text as final_target_text,
        target_directions.direction as printed_direction,
        case
            when coalesce(baselines.value_unit, '') <> coalesce(targets.value_unit, '') then null
            when baselines.value_qualifier is not null then null
            when targets.value_qualifier is not null then null
            when
                targets.value_numeric > baselines.value_numeric
                and not coalesce(courses.falls, false) then 'increase'
            when
                targets.value_numeric < baselines.value_numeric
                and not coalesce(courses.rises, false) then 'decrease'
        end as inferred_direction
    from indicators
    left join baselines
        on indicators.indicator_key = baselines.indicator_key
    left join targets
        on indicators.indicator_key = targets.indicator_key
    left join courses
        on indicators.indicator_key = courses.indicator_key
    left join target_directions
        on targets.value_qualifier = target_directions.qualifier

)

select
    document_key,
    indicator_key,
    baseline_fiscal_year,
    baseline_value,
    baseline_unit,
    baseline_qualifier,
    final_target_fiscal_year,
    final_target_period_text,
    final_target_value,
    final_target_unit,
    final_target_qualifier,
    final_target_text,
    coalesce(printed_direction, inferred_direction) as direction,
    case
        when printed_direction is not null then 'printed'
        when inferred_direction is not null then 'inferred'
    end as direction_source
from joined
