with

stg_normalized__cells as (

    select * from {{ ref('stg_normalized__cells') }}

),

stg_raw__cells as (

    select * from {{ ref('stg_raw__cells') }}

),

stg_raw__pages as (

    select * from {{ ref('stg_raw__pages') }}

),

-- A cell is lost where it went into the forms and did not come out, came out of nothing, or
-- came out with another text.
paired_cells as (

    select
        stg_normalized__cells.role,
        length({{ without_spaces('stg_normalized__cells.raw_text') }}) as printed_characters,
        coalesce(stg_raw__cells.document_key, stg_normalized__cells.document_key) as document_key,
        coalesce(stg_raw__cells.page_number, stg_normalized__cells.page_number) as page_number,
        case when stg_raw__cells.cell_key is null then 0 else 1 end as is_raw,
        case when stg_normalized__cells.cell_key is null then 0 else 1 end as is_accounted,
        case
            when stg_raw__cells.raw_text = stg_normalized__cells.raw_text then 0
            else 1
        end as is_lost
    from stg_raw__cells
    full outer join stg_normalized__cells
        on stg_raw__cells.cell_key = stg_normalized__cells.cell_key

),

cells_by_page as (

    select
        document_key,
        page_number,
        sum(is_raw) as raw_cell_count,
        sum(is_accounted) as cell_count,
        {% for role in ['label', 'value', 'title', 'note', 'empty', 'quarantined'] %}
            sum(case when role = '{{ role }}' then 1 else 0 end) as {{ role }}_count,
        {% endfor %}
        sum(is_lost) as lost_cell_count,
        sum(printed_characters) as raw_text_characters
    from paired_cells
    group by document_key, page_number

),

joined as (

    select
        stg_raw__pages.engine,
        stg_raw__pages.engine_reason,
        stg_raw__pages.table_count,
        stg_raw__pages.text_layer_characters,
        stg_raw__pages.cell_characters,
        stg_raw__pages.outside_characters,
        stg_raw__pages.overprinted_characters,
        stg_raw__pages.unmapped_characters,
        stg_raw__pages.unprinted_characters,
        coalesce(stg_raw__pages.document_key, cells_by_page.document_key) as document_key,
        coalesce(stg_raw__pages.page_number, cells_by_page.page_number) as page_number,
        stg_raw__pages.text_layer_characters
        - stg_raw__pages.cell_characters
        - stg_raw__pages.outside_characters as lost_character_count,
        cast(coalesce(cells_by_page.raw_text_characters, 0) as integer) as raw_text_characters,
        {% for count in [
            'raw_cell', 'cell', 'label', 'value', 'title', 'note', 'empty', 'quarantined', 'lost_cell'
        ] %}
            cast(coalesce(cells_by_page.{{ count }}_count, 0) as integer) as {{ count }}_count
            {%- if not loop.last %},{% endif %}
        {% endfor %}
    from stg_raw__pages
    full outer join cells_by_page
        on
            stg_raw__pages.document_key = cells_by_page.document_key
            and stg_raw__pages.page_number = cells_by_page.page_number

)

select
    *,
    document_key || '-p' || lpad(cast(page_number as string), 3, '0') as page_key,
    coalesce(
        lost_character_count = 0
        and lost_cell_count = 0
        and raw_cell_count = cell_count
        and cell_count
        = label_count + value_count + title_count + note_count + empty_count + quarantined_count,
        false
    ) as is_conserved
from joined
