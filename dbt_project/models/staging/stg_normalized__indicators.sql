with

source as (

    select * from {{ source('normalized', 'indicators') }}

),

renamed as (

    select
        indicator_key,
        goal_key,
        policy_key,
        document_key,
        goal_number,
        indicator_number,
        indicator_name,
        indicator_type,
        aggregation,
        rationale
    from source

)

select * from renamed
