with

stg_normalized__programs as (

    select * from {{ ref('stg_normalized__programs') }}

)

select
    program_listing_key,
    document_key,
    goal_key,
    program_key,
    listing_order,
    review_number,
    remarks,
    cell_key
from stg_normalized__programs
