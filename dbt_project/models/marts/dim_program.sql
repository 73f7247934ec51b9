with

int_programs_named as (

    select * from {{ ref('int_programs_named') }}

)

select
    program_key,
    program_name,
    start_fiscal_year,
    listing_count
from int_programs_named
