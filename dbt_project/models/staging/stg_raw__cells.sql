with

source as (

    select * from {{ source('raw', 'cells') }}

),

renamed as (

    select
        cell_key,
        document_key,
        page_number,
        table_number,
        row_number,
        column_number,
        row_span,
        column_span,
        cast(x0 as decimal(18, 4)) as x0,
        cast(y0 as decimal(18, 4)) as y0,
        cast(x1 as decimal(18, 4)) as x1,
        cast(y1 as decimal(18, 4)) as y1,
        raw_text,
        flavor,
        is_open_above,
        is_open_below,
        line_ends,
        is_doubtful
    from source

)

select * from renamed
