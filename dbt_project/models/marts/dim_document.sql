with

int_documents_attributed as (

    select * from {{ ref('int_documents_attributed') }}

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
    ministry_name,
    ministry_name_english,
    document_kind,
    license,
    attribution
from int_documents_attributed
