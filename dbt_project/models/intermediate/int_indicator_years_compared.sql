with

int_indicator_years_pivoted as (

    select * from {{ ref('int_indicator_years_pivoted') }}

),

int_indicators_targeted as (

    select * from {{ ref('int_indicators_targeted') }}

),

target_directions as (

    select * from {{ ref('target_directions') }}

),

-- The target's own words (以上, 以下 …) say which way is better, and whether the target itself
-- is enough; without words, the way from the baseline to the final target does. Compared are
-- plain numbers in the same unit only: not 約100 with 100, nor 1.5倍 with 100.
directed as (

    select
        int_indicator_years_pivoted.*,
        int_indicators_targeted.baseline_fiscal_year,
        int_indicators_targeted.baseline_value,
        int_indicators_targeted.baseline_unit,
        int_indicators_targeted.final_target_fiscal_year,
        int_indicators_targeted.final_target_period_text,
        int_indicators_targeted.final_target_value,
        int_indicators_targeted.final_target_unit,
        int_indicators_targeted.final_target_text,
        coalesce(
            target_directions.direction,
            int_indicators_targeted.direction
        ) as direction,
        case
            when target_directions.direction is not null then 'printed'
            else int_indicators_targeted.direction_source
        end as direction_source,
        coalesce(target_directions.is_strict, false) as is_strict,
        case
            when int_indicator_years_pivoted.actual_qualifier is not null then null
            when
                int_indicator_years_pivoted.target_qualifier is not null
                and target_directions.qualifier is null then null
            when
                coalesce(int_indicator_years_pivoted.actual_unit, '')
                <> coalesce(int_indicator_years_pivoted.target_unit, '') then null
            else int_indicator_years_pivoted.actual_value
        end as actual_for_target,
        case
            when int_indicator_years_pivoted.actual_qualifier is not null then null
            when int_indicators_targeted.baseline_qualifier is not null then null
            when
                int_indicators_targeted.final_target_qualifier is not null
                and coalesce(int_indicators_targeted.direction_source, '') <> 'printed' then null
            when
                coalesce(int_indicator_years_pivoted.actual_unit, '')
                <> coalesce(int_indicators_targeted.baseline_unit, '') then null
            when
                coalesce(int_indicator_years_pivoted.actual_unit, '')
                <> coalesce(int_indicators_targeted.final_target_unit, '') then null
            else int_indicator_years_pivoted.actual_value
        end as actual_for_way,
        max(
            case
                when int_indicator_years_pivoted.actual_value is not null
                    then int_indicator_years_pivoted.fiscal_year
            end
        ) over (
            partition by int_indicator_years_pivoted.indicator_key
        ) as latest_actual_fiscal_year
    from int_indicator_years_pivoted
    inner join int_indicators_targeted
        on int_indicator_years_pivoted.indicator_key = int_indicators_targeted.indicator_key
    left join target_directions
        on int_indicator_years_pivoted.target_qualifier = target_directions.qualifier

),

compared as (

    select
        *,
        {{ decimal_or_null('actual_for_target - target_value') }} as difference_from_target,
        case
            when target_value > 0
                then {{ percent('actual_for_target', 'target_value') }}
        end as percent_of_target,
        case
            when final_target_value <> baseline_value
                then {{ percent(
                    'actual_for_way - baseline_value', 'final_target_value - baseline_value'
                ) }}
        end as percent_of_way,
        case
            when direction = 'increase' and is_strict then actual_for_target > target_value
            when direction = 'increase' then actual_for_target >= target_value
            when direction = 'decrease' and is_strict then actual_for_target < target_value
            when direction = 'decrease' then actual_for_target <= target_value
        end as is_target_reached
    from directed

)

select
    document_key,
    indicator_key,
    fiscal_year,
    baseline_fiscal_year,
    baseline_value,
    target_kind,
    target_value,
    target_unit,
    target_qualifier,
    target_status,
    target_text,
    actual_value,
    actual_unit,
    actual_qualifier,
    actual_status,
    actual_text,
    final_target_fiscal_year,
    final_target_period_text,
    final_target_value,
    final_target_text,
    difference_from_target,
    percent_of_target,
    percent_of_way,
    direction,
    direction_source,
    direction is not null as is_direction_known,
    is_target_reached,
    coalesce(fiscal_year = latest_actual_fiscal_year, false) as is_latest_actual,
    has_repeated_values
from compared
