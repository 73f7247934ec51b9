with

stg_normalized__cells as (

    select * from {{ ref('stg_normalized__cells') }}

)

select
    cell_key,
    document_key,
    page_number,
    table_number,
    row_number,
    column_number,
    row_span,
    column_span,
    x0,
    y0,
    x1,
    y1,
    raw_text,
    flavor,
    role,
    quarantine_reason
from stg_normalized__cells
