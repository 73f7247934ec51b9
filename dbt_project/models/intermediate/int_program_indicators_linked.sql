with

stg_normalized__program_indicators as (

    select * from {{ ref('stg_normalized__program_indicators') }}

),

-- A program listed twice under one goal may name the same indicator twice.
linked as (

    select distinct
        document_key,
        program_key,
        indicator_key
    from stg_normalized__program_indicators
    where is_listed

)

select
    program_key || '-' || indicator_key as program_indicator_key,
    document_key,
    program_key,
    indicator_key
from linked
