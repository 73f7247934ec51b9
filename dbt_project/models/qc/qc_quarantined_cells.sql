with

cells as (

    select * from {{ ref('cells') }}

),

dim_document as (

    select * from {{ ref('dim_document') }}

)

select
    cells.cell_key,
    cells.document_key,
    dim_document.file_name,
    cells.page_number,
    cells.raw_text,
    cells.quarantine_reason
from cells
inner join dim_document
    on cells.document_key = dim_document.document_key
where cells.role = 'quarantined'
