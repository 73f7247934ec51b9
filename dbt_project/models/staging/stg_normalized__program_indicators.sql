with

source as (

    select * from {{ source('normalized', 'program_indicators') }}

),

renamed as (

    select
        document_key,
        goal_key,
        program_listing_key,
        program_key,
        indicator_key,
        indicator_number,
        is_listed,
        raw_text,
        cell_key
    from source

)

select * from renamed
