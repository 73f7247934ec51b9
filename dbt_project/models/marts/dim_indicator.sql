with

stg_normalized__indicators as (

    select * from {{ ref('stg_normalized__indicators') }}

)

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
from stg_normalized__indicators
