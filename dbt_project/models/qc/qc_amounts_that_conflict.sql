with

dim_document as (

    select * from {{ ref('dim_document') }}

),

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

amounts as (

    select
        fact_budget.*,
        dim_document.fiscal_year as sheet_fiscal_year
    from fact_budget
    inner join dim_document
        on fact_budget.document_key = dim_document.document_key
    where
        fact_budget.is_additive
        and fact_budget.budget_level = 'program'
        and fact_budget.fiscal_year is not null

),

differing as (

    select
        program_key,
        fiscal_year,
        budget_stage,
        cast(count(*) as integer) as printed_count,
        cast(count(distinct amount_yen) as integer) as amount_count,
        cast(count(distinct document_key) as integer) as document_count,
        min(amount_yen) as smallest_amount_yen,
        max(amount_yen) as largest_amount_yen,
        min(sheet_fiscal_year) as first_sheet_fiscal_year,
        max(sheet_fiscal_year) as last_sheet_fiscal_year
    from amounts
    group by program_key, fiscal_year, budget_stage
    having count(distinct amount_yen) > 1

)

select
    program_key
    || '-' || cast(fiscal_year as string)
    || '-' || budget_stage as program_year_stage_key,
    program_key,
    fiscal_year,
    budget_stage,
    printed_count,
    amount_count,
    document_count,
    smallest_amount_yen,
    largest_amount_yen,
    first_sheet_fiscal_year,
    last_sheet_fiscal_year
from differing
