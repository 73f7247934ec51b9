with

cells as (

    select * from {{ ref('cells') }}

),

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

facts as (

    select
        'fact_indicator_values' as table_name,
        indicator_value_key as row_key,
        document_key,
        raw_text,
        cell_key
    from fact_indicator_values
    union all
    select
        'fact_budget' as table_name,
        budget_key as row_key,
        document_key,
        raw_text,
        cell_key
    from fact_budget

)

select
    facts.table_name || ':' || facts.row_key as fact_key,
    facts.table_name,
    facts.row_key,
    facts.document_key,
    facts.raw_text,
    cells.raw_text as cell_raw_text,
    facts.cell_key
from facts
inner join cells
    on
        facts.document_key = cells.document_key
        and facts.cell_key = cells.cell_key
where
    not {{ holds_text(without_spaces('cells.raw_text'), without_spaces('facts.raw_text')) }}
