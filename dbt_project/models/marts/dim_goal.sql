with

stg_normalized__goals as (

    select * from {{ ref('stg_normalized__goals') }}

)

select
    goal_key,
    policy_key,
    document_key,
    goal_number,
    goal_text,
    rationale,
    changes_from_previous_year
from stg_normalized__goals
