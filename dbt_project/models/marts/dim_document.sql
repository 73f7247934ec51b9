with

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

)

select
    document_key,
    sha256,
    file_name,
    source_url,
    publisher,
    form,
    title,
    sheet_code,
    fiscal_year,
    page_count,
    status,
    status_reason,
    document_kind,
    license,
    attribution
from stg_normalized__documents
