-- Every file that was looked at is a document, and no document comes out of nothing.
with

raw_documents as (

    select * from {{ ref('stg_raw__documents') }}

),

dim_document as (

    select * from {{ ref('dim_document') }}

)

select coalesce(raw_documents.document_key, dim_document.document_key) as document_key
from raw_documents
full outer join dim_document
    on
        raw_documents.document_key = dim_document.document_key
        and coalesce(raw_documents.sha256, '') = coalesce(dim_document.sha256, '')
where
    raw_documents.document_key is null
    or dim_document.document_key is null
