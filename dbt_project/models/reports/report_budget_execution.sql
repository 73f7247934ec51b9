{%- set stages = ['initial', 'supplementary', 'carryover', 'revised', 'executed', 'requested'] -%}

with

dim_document as (

    select * from {{ ref('dim_document') }}

),

dim_fiscal_year as (

    select * from {{ ref('dim_fiscal_year') }}

),

dim_program as (

    select * from {{ ref('dim_program') }}

),

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

int_program_amounts_chosen as (

    select * from {{ ref('int_program_amounts_chosen') }}

),

-- Every year for which any sheet prints anything on the program, be it a dash.
program_years as (

    select
        fact_budget.program_key,
        fact_budget.fiscal_year,
        cast(count(distinct fact_budget.document_key) as integer) as document_count,
        max(dim_document.fiscal_year) as latest_sheet_fiscal_year,
        case
            when min(dim_document.ministry_name) = max(dim_document.ministry_name)
                then max(dim_document.ministry_name)
        end as ministry_name
    from fact_budget
    inner join dim_document
        on fact_budget.document_key = dim_document.document_key
    where
        fact_budget.budget_level = 'program'
        and fact_budget.fiscal_year is not null
    group by fact_budget.program_key, fact_budget.fiscal_year

),

staged as (

    select
        program_key,
        fiscal_year,
        {% for stage in stages %}
            max(case when budget_stage = '{{ stage }}' then amount_yen end)
                as {{ stage }}_amount_yen,
            max(case when budget_stage = '{{ stage }}' then upper_bound_yen end)
                as {{ stage }}_upper_bound_yen,
        {% endfor %}
        max(case when has_conflicting_amounts then 1 else 0 end) = 1 as has_conflicting_amounts,
        max(case when has_exclusive_amounts then 1 else 0 end) = 1 as has_exclusive_amounts
    from int_program_amounts_chosen
    group by program_key, fiscal_year

)

select
    program_years.program_key
    || '-' || cast(program_years.fiscal_year as string) as program_year_key,
    program_years.program_key,
    dim_program.program_name,
    dim_program.start_fiscal_year,
    program_years.ministry_name,
    program_years.fiscal_year,
    dim_fiscal_year.era_label,
    dim_fiscal_year.start_date as fiscal_year_start_date,
    program_years.latest_sheet_fiscal_year,
    program_years.document_count,
    {% for stage in stages %}
        staged.{{ stage }}_amount_yen,
    {% endfor %}
    {% for stage in stages %}
        staged.{{ stage }}_upper_bound_yen,
    {% endfor %}
    staged.revised_amount_yen - staged.executed_amount_yen as unspent_amount_yen,
    case
        when staged.revised_amount_yen > 0
            then {{ percent('staged.executed_amount_yen', 'staged.revised_amount_yen') }}
    end as executed_percent,
    coalesce(staged.has_conflicting_amounts, false) as has_conflicting_amounts,
    coalesce(staged.has_exclusive_amounts, false) as has_exclusive_amounts
from program_years
inner join dim_program
    on program_years.program_key = dim_program.program_key
inner join dim_fiscal_year
    on program_years.fiscal_year = dim_fiscal_year.fiscal_year
left join staged
    on
        program_years.program_key = staged.program_key
        and program_years.fiscal_year = staged.fiscal_year
