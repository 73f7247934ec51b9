with

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

-- Figures that belong together, in the order of their years; zero has no scale.
figures as (

    select
        'fact_indicator_values' as table_name,
        indicator_key || '|' || coalesce(value_unit, '') as series_key,
        indicator_value_key as row_key,
        document_key,
        value_kind as figure_kind,
        fiscal_year,
        cast(value_numeric as double) as figure,
        raw_text,
        cell_key
    from fact_indicator_values
    where
        value_status = 'value'
        and value_numeric <> 0
        and fiscal_year is not null
    union all
    select
        'fact_budget' as table_name,
        coalesce(program_key, policy_key) || '|' || inclusion as series_key,
        budget_key as row_key,
        document_key,
        budget_stage as figure_kind,
        fiscal_year,
        cast(amount_yen as double) as figure,
        raw_text,
        cell_key
    from fact_budget
    where
        value_status = 'value'
        and amount_yen <> 0
        and fiscal_year is not null
        -- Small corrections beside large budgets are no slip of the unit.
        and budget_stage not in ('supplementary', 'carryover')

),

neighbours as (

    select
        *,
        lag(row_key) over (
            partition by table_name, series_key
            order by fiscal_year, figure_kind, row_key
        ) as neighbour_row_key,
        lag(figure) over (
            partition by table_name, series_key
            order by fiscal_year, figure_kind, row_key
        ) as neighbour_figure,
        lag(raw_text) over (
            partition by table_name, series_key
            order by fiscal_year, figure_kind, row_key
        ) as neighbour_raw_text
    from figures

),

compared as (

    select
        *,
        greatest(abs(figure / neighbour_figure), abs(neighbour_figure / figure)) as scale_ratio
    from neighbours
    where neighbour_row_key is not null

)

select
    table_name || ':' || row_key as figure_key,
    table_name,
    row_key,
    neighbour_row_key,
    document_key,
    figure_kind,
    fiscal_year,
    raw_text,
    neighbour_raw_text,
    {{ decimal_or_null('scale_ratio') }} as scale_ratio,
    cell_key
from compared
where scale_ratio >= {{ var('out_of_scale_ratio') }}
