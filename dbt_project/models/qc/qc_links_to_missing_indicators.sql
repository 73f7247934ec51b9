with

stg_normalized__program_indicators as (

    select * from {{ ref('stg_normalized__program_indicators') }}

),

missing as (

    select
        program_listing_key,
        document_key,
        goal_key,
        program_key,
        indicator_number,
        min(raw_text) as raw_text,
        min(cell_key) as cell_key
    from stg_normalized__program_indicators
    where not is_listed
    group by program_listing_key, document_key, goal_key, program_key, indicator_number

)

select
    program_listing_key
    || '-i' || cast(indicator_number as string) as missing_link_key,
    document_key,
    goal_key,
    program_listing_key,
    program_key,
    indicator_number,
    raw_text,
    cell_key
from missing
