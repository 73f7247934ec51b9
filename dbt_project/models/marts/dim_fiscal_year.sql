with

eras as (

    select * from {{ ref('eras') }}

),

int_fiscal_years_listed as (

    select * from {{ ref('int_fiscal_years_listed') }}

),

-- The era whose first year the fiscal year is, or last follows: 2019 is 令和元年度, not 平成31.
named as (

    select
        int_fiscal_years_listed.fiscal_year,
        int_fiscal_years_listed.start_date,
        int_fiscal_years_listed.end_date,
        int_fiscal_years_listed.is_named_by_a_sheet,
        eras.era_name,
        eras.era_letter,
        int_fiscal_years_listed.fiscal_year - eras.first_year + 1 as year_of_era,
        row_number() over (
            partition by int_fiscal_years_listed.fiscal_year
            order by eras.first_year desc
        ) as era_rank
    from int_fiscal_years_listed
    inner join eras
        on int_fiscal_years_listed.fiscal_year >= eras.first_year

)

select
    fiscal_year,
    start_date,
    end_date,
    case
        when year_of_era = 1 then era_name || '元年度'
        else era_name || cast(year_of_era as string) || '年度'
    end as era_label,
    era_letter || cast(year_of_era as string) as era_label_short,
    is_named_by_a_sheet
from named
where era_rank = 1
