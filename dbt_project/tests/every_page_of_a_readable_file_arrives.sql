-- A file that could be opened has as many pages as it says; one that could not has none.
with

dim_document as (

    select * from {{ ref('dim_document') }}

),

qc_page_accounts as (

    select * from {{ ref('qc_page_accounts') }}

),

pages as (

    select
        document_key,
        count(*) as page_count
    from qc_page_accounts
    group by document_key

)

select
    dim_document.document_key,
    dim_document.page_count,
    pages.page_count as pages_found
from dim_document
left join pages
    on dim_document.document_key = pages.document_key
where
    dim_document.status <> 'failed'
    and coalesce(pages.page_count, 0) is distinct from dim_document.page_count
