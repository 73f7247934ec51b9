with

source as (

    select * from {{ source('normalized', 'goals') }}

),

renamed as (

    select
        goal_key,
        policy_key,
        document_key,
        goal_number,
        goal_text,
        rationale,
        changes_from_previous_year
    from source

)

select * from renamed
