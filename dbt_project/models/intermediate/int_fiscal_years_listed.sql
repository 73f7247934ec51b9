with

stg_normalized__budget_amounts as (

    select * from {{ ref('stg_normalized__budget_amounts') }}

),

stg_normalized__documents as (

    select * from {{ ref('stg_normalized__documents') }}

),

stg_normalized__indicator_values as (

    select * from {{ ref('stg_normalized__indicator_values') }}

),

stg_normalized__policies as (

    select * from {{ ref('stg_normalized__policies') }}

),

stg_normalized__programs as (

    select * from {{ ref('stg_normalized__programs') }}

),

used as (

    select fiscal_year from stg_normalized__indicator_values
    union
    select fiscal_year from stg_normalized__budget_amounts
    union
    select fiscal_year from stg_normalized__documents
    union
    select evaluation_fiscal_year as fiscal_year from stg_normalized__policies
    union
    select start_fiscal_year as fiscal_year from stg_normalized__programs

),

-- Years in between that no sheet names are listed too, so that an axis has no holes.
{% set default_first = var('first_fiscal_year') -%}
{% set default_last = var('last_fiscal_year') -%}
bounds as (

    select
        least(coalesce(min(fiscal_year), {{ default_first }}), {{ default_first }}) as first_year,
        greatest(coalesce(max(fiscal_year), {{ default_last }}), {{ default_last }}) as last_year
    from used

),

listed as (

    {{ integers_between('bounds', 'first_year', 'last_year', 'fiscal_year') }}

)

select
    cast(listed.fiscal_year as integer) as fiscal_year,
    {{ fiscal_year_start('listed.fiscal_year') }} as start_date,
    {{ fiscal_year_end('listed.fiscal_year') }} as end_date,
    used.fiscal_year is not null as is_named_by_a_sheet
from listed
left join used
    on listed.fiscal_year = used.fiscal_year
