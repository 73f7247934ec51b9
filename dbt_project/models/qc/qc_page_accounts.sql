with

dim_document as (

    select * from {{ ref('dim_document') }}

),

int_pages_accounted as (

    select * from {{ ref('int_pages_accounted') }}

)

select
    int_pages_accounted.page_key,
    int_pages_accounted.document_key,
    dim_document.file_name,
    int_pages_accounted.page_number,
    int_pages_accounted.engine,
    int_pages_accounted.engine_reason,
    int_pages_accounted.table_count,
    int_pages_accounted.text_layer_characters,
    int_pages_accounted.cell_characters,
    int_pages_accounted.outside_characters,
    int_pages_accounted.overprinted_characters,
    int_pages_accounted.unmapped_characters,
    int_pages_accounted.unprinted_characters,
    int_pages_accounted.lost_character_count,
    int_pages_accounted.raw_text_characters,
    int_pages_accounted.raw_cell_count,
    int_pages_accounted.cell_count,
    int_pages_accounted.label_count,
    int_pages_accounted.value_count,
    int_pages_accounted.title_count,
    int_pages_accounted.note_count,
    int_pages_accounted.empty_count,
    int_pages_accounted.quarantined_count,
    int_pages_accounted.lost_cell_count,
    int_pages_accounted.is_conserved
from int_pages_accounted
left join dim_document
    on int_pages_accounted.document_key = dim_document.document_key
