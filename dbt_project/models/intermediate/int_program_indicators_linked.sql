with

stg_normalized__program_indicators as (

    select * from {{ ref('stg_normalized__program_indicators') }}

),

-- A program listed twice under one goal may name the same indicator twice, even in two files
-- that are one sheet.
linked as (

    select
        program_key,
        indicator_key,
        min(document_key) as document_key
    from stg_normalized__program_indicators
    where is_listed
    group by program_key, indicator_key

)

select
    program_key || '-' || indicator_key as program_indicator_key,
    document_key,
    program_key,
    indicator_key
from linked
