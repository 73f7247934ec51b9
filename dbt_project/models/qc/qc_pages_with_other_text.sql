with

qc_page_accounts as (

    select * from {{ ref('qc_page_accounts') }}

)

select
    page_key,
    document_key,
    file_name,
    page_number,
    text_layer_characters,
    overprinted_characters,
    raw_text_characters,
    raw_text_characters
    + overprinted_characters
    - text_layer_characters as surplus_characters
from qc_page_accounts
where
    raw_text_characters + overprinted_characters <> text_layer_characters
    -- A glyph without a Unicode mapping is written out, as in (cid:123).
    and unmapped_characters = 0
