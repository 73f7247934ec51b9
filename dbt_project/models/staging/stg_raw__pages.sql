with

source as (

    select * from {{ source('raw', 'pages') }}

),

renamed as (

    select
        document_key,
        page_number,
        cast(width as decimal(18, 4)) as width,
        cast(height as decimal(18, 4)) as height,
        rotation,
        engine,
        engine_reason,
        table_count,
        text_layer_characters,
        cell_characters,
        outside_characters,
        overprinted_characters,
        unmapped_characters,
        unprinted_characters
    from source

)

select * from renamed
