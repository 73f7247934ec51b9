with

ministries as (

    select * from {{ ref('ministries') }}

),

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

),

-- The code names the ministry in front ("文R2－9－1"); the longest prefix that fits decides.
candidates as (

    select
        stg_normalized__documents.document_key,
        ministries.ministry_name,
        ministries.ministry_name_english,
        row_number() over (
            partition by stg_normalized__documents.document_key
            order by length(ministries.sheet_code_prefix) desc
        ) as candidate_rank
    from stg_normalized__documents
    inner join ministries
        on {{ starts_with('stg_normalized__documents.sheet_code', 'ministries.sheet_code_prefix') }}

)

select
    stg_normalized__documents.*,
    candidates.ministry_name,
    candidates.ministry_name_english
from stg_normalized__documents
left join candidates
    on
        stg_normalized__documents.document_key = candidates.document_key
        and candidates.candidate_rank = 1
