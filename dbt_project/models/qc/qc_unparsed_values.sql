with

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

unparsed as (

    select
        'fact_indicator_values' as table_name,
        indicator_value_key as row_key,
        document_key,
        value_kind as figure_kind,
        fiscal_year,
        raw_text,
        cell_key
    from fact_indicator_values
    where value_status = 'unparsed'
    union all
    select
        'fact_budget' as table_name,
        budget_key as row_key,
        document_key,
        budget_stage as figure_kind,
        fiscal_year,
        raw_text,
        cell_key
    from fact_budget
    where value_status = 'unparsed'

)

select
    table_name || ':' || row_key as unparsed_value_key,
    table_name,
    row_key,
    document_key,
    figure_kind,
    fiscal_year,
    raw_text,
    cell_key
from unparsed
