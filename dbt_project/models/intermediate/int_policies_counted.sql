with

int_indicator_years_compared as (

    select * from {{ ref('int_indicator_years_compared') }}

),

stg_normalized__goals as (

    select * from {{ ref('stg_normalized__goals') }}

),

stg_normalized__indicators as (

    select * from {{ ref('stg_normalized__indicators') }}

),

stg_normalized__programs as (

    select * from {{ ref('stg_normalized__programs') }}

),

programs as (

    select
        min(document_key) as document_key,
        policy_key,
        program_key
    from stg_normalized__programs
    group by policy_key, program_key

),

-- What a policy has, one row each; an indicator once more at the latest year that has a figure.
listed as (

    select
        document_key,
        policy_key,
        'goal' as kind
    from stg_normalized__goals

    union all

    select
        document_key,
        policy_key,
        'indicator' as kind
    from stg_normalized__indicators

    union all

    select
        document_key,
        policy_key,
        'quantitative indicator' as kind
    from stg_normalized__indicators
    where indicator_type = 'quantitative'

    union all

    select
        stg_normalized__indicators.document_key,
        stg_normalized__indicators.policy_key,
        case
            when int_indicator_years_compared.is_target_reached then 'reached'
            else 'missed'
        end as kind
    from int_indicator_years_compared
    inner join stg_normalized__indicators
        on int_indicator_years_compared.indicator_key = stg_normalized__indicators.indicator_key
    where
        int_indicator_years_compared.is_latest_actual
        and int_indicator_years_compared.is_target_reached is not null

    union all

    select
        document_key,
        policy_key,
        'program' as kind
    from programs

)

select
    -- A sheet can go on in another file; its rows are made from all of its files together.
    min(document_key) as document_key,
    policy_key,
    cast(sum(case when kind = 'goal' then 1 else 0 end) as integer) as goal_count,
    cast(sum(case when kind = 'indicator' then 1 else 0 end) as integer) as indicator_count,
    cast(sum(case when kind = 'quantitative indicator' then 1 else 0 end) as integer)
        as quantitative_indicator_count,
    cast(sum(case when kind = 'reached' then 1 else 0 end) as integer) as reached_indicator_count,
    cast(sum(case when kind = 'missed' then 1 else 0 end) as integer) as missed_indicator_count,
    cast(sum(case when kind = 'program' then 1 else 0 end) as integer) as program_count
from listed
group by policy_key
