with

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

),

stg_normalized__programs as (

    select * from {{ ref('stg_normalized__programs') }}

),

-- Sheets may print one program's name in several ways that fold to the same key.
printed_names as (

    select
        stg_normalized__programs.program_key,
        stg_normalized__programs.program_name,
        min(stg_normalized__programs.start_fiscal_year) as start_fiscal_year,
        count(*) as listing_count,
        max(coalesce(stg_normalized__documents.fiscal_year, 0)) as latest_fiscal_year
    from stg_normalized__programs
    inner join stg_normalized__documents
        on stg_normalized__programs.document_key = stg_normalized__documents.document_key
    group by
        stg_normalized__programs.program_key,
        stg_normalized__programs.program_name

),

ranked as (

    select
        program_key,
        program_name,
        min(start_fiscal_year) over (partition by program_key) as start_fiscal_year,
        sum(listing_count) over (partition by program_key) as listing_count,
        row_number() over (
            partition by program_key
            order by latest_fiscal_year desc, listing_count desc, program_name asc
        ) as name_rank
    from printed_names

)

select
    program_key,
    program_name,
    start_fiscal_year,
    cast(listing_count as integer) as listing_count
from ranked
where name_rank = 1
