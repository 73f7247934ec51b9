with

dim_document as (

    select * from {{ ref('dim_document') }}

),

dim_fiscal_year as (

    select * from {{ ref('dim_fiscal_year') }}

),

dim_indicator as (

    select * from {{ ref('dim_indicator') }}

),

dim_policy as (

    select * from {{ ref('dim_policy') }}

),

int_indicator_years_compared as (

    select * from {{ ref('int_indicator_years_compared') }}

)

select
    dim_indicator.indicator_key
    || '-' || cast(dim_fiscal_year.fiscal_year as string) as indicator_year_key,
    dim_indicator.document_key,
    dim_indicator.policy_key,
    dim_indicator.goal_key,
    dim_indicator.indicator_key,
    dim_document.fiscal_year as sheet_fiscal_year,
    dim_document.sheet_code,
    dim_document.ministry_name,
    dim_policy.policy_name,
    dim_indicator.goal_number,
    dim_indicator.indicator_number,
    dim_indicator.indicator_name,
    dim_indicator.indicator_type,
    dim_indicator.aggregation,
    dim_fiscal_year.fiscal_year,
    dim_fiscal_year.era_label,
    dim_fiscal_year.start_date as fiscal_year_start_date,
    int_indicator_years_compared.baseline_fiscal_year,
    int_indicator_years_compared.baseline_value,
    int_indicator_years_compared.target_kind,
    int_indicator_years_compared.target_value,
    int_indicator_years_compared.target_unit,
    int_indicator_years_compared.target_qualifier,
    int_indicator_years_compared.target_status,
    int_indicator_years_compared.target_text,
    int_indicator_years_compared.actual_value,
    int_indicator_years_compared.actual_unit,
    int_indicator_years_compared.actual_qualifier,
    int_indicator_years_compared.actual_status,
    int_indicator_years_compared.actual_text,
    int_indicator_years_compared.final_target_fiscal_year,
    int_indicator_years_compared.final_target_period_text,
    int_indicator_years_compared.final_target_value,
    int_indicator_years_compared.final_target_text,
    int_indicator_years_compared.difference_from_target,
    int_indicator_years_compared.percent_of_target,
    int_indicator_years_compared.percent_of_way,
    int_indicator_years_compared.direction,
    int_indicator_years_compared.direction_source,
    int_indicator_years_compared.is_direction_known,
    int_indicator_years_compared.is_target_reached,
    int_indicator_years_compared.is_latest_actual,
    int_indicator_years_compared.has_repeated_values
from int_indicator_years_compared
inner join dim_indicator
    on int_indicator_years_compared.indicator_key = dim_indicator.indicator_key
inner join dim_policy
    on dim_indicator.policy_key = dim_policy.policy_key
inner join dim_document
    on dim_indicator.document_key = dim_document.document_key
inner join dim_fiscal_year
    on int_indicator_years_compared.fiscal_year = dim_fiscal_year.fiscal_year
