with

int_fiscal_years_listed as (

    select * from {{ ref('int_fiscal_years_listed') }}

)

select
    fiscal_year,
    {{ days_from('start_date', 'end_date') }} as calendar_date
from int_fiscal_years_listed
