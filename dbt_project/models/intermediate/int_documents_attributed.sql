with

ministries as (

    select * from {{ ref('ministries') }}

),

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

),

-- The code names the ministry in front ("文R2－9－1"); the longest prefix that fits decides.
by_code as (

    select
        stg_normalized__documents.document_key,
        ministries.ministry_name,
        ministries.ministry_name_english,
        length(ministries.sheet_code_prefix) as fit
    from stg_normalized__documents
    inner join ministries
        on {{ starts_with('stg_normalized__documents.sheet_code', 'ministries.sheet_code_prefix') }}

),

by_publisher as (

    select distinct
        stg_normalized__documents.document_key,
        ministries.ministry_name,
        ministries.ministry_name_english,
        0 as fit
    from stg_normalized__documents
    inner join ministries
        on stg_normalized__documents.publisher = ministries.ministry_name

),

candidates as (

    select * from by_code
    union all
    select * from by_publisher

),

ranked as (

    select
        document_key,
        ministry_name,
        ministry_name_english,
        row_number() over (partition by document_key order by fit desc) as candidate_rank
    from candidates

)

select
    stg_normalized__documents.*,
    ranked.ministry_name,
    ranked.ministry_name_english
from stg_normalized__documents
left join ranked
    on
        stg_normalized__documents.document_key = ranked.document_key
        and ranked.candidate_rank = 1
