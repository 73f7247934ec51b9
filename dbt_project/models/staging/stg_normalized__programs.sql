with

source as (

    select * from {{ source('normalized', 'programs') }}

),

renamed as (

    select
        program_listing_key,
        program_key,
        document_key,
        policy_key,
        goal_key,
        goal_number,
        listing_order,
        program_name,
        start_fiscal_year,
        review_number,
        remarks,
        cell_key
    from source

)

select * from renamed
