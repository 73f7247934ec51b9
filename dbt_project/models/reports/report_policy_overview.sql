with

dim_document as (

    select * from {{ ref('dim_document') }}

),

dim_policy as (

    select * from {{ ref('dim_policy') }}

),

int_documents_quarantined as (

    select * from {{ ref('int_documents_quarantined') }}

),

int_policies_counted as (

    select * from {{ ref('int_policies_counted') }}

),

int_policy_amounts_latest as (

    select * from {{ ref('int_policy_amounts_latest') }}

)

select
    dim_policy.policy_key,
    dim_policy.document_key,
    dim_document.fiscal_year as sheet_fiscal_year,
    dim_document.sheet_code,
    dim_document.ministry_name,
    dim_document.ministry_name_english,
    dim_policy.policy_name,
    dim_policy.bureau,
    dim_policy.evaluation_fiscal_year,
    coalesce(int_policies_counted.goal_count, 0) as goal_count,
    coalesce(int_policies_counted.indicator_count, 0) as indicator_count,
    coalesce(int_policies_counted.quantitative_indicator_count, 0)
        as quantitative_indicator_count,
    coalesce(int_policies_counted.reached_indicator_count, 0) as reached_indicator_count,
    coalesce(int_policies_counted.missed_indicator_count, 0) as missed_indicator_count,
    coalesce(int_policies_counted.indicator_count, 0)
    - coalesce(int_policies_counted.reached_indicator_count, 0)
    - coalesce(int_policies_counted.missed_indicator_count, 0) as undecided_indicator_count,
    coalesce(int_policies_counted.program_count, 0) as program_count,
    int_policy_amounts_latest.executed_fiscal_year,
    int_policy_amounts_latest.revised_amount_yen,
    int_policy_amounts_latest.executed_amount_yen,
    case
        when int_policy_amounts_latest.revised_amount_yen > 0
            then {{ percent(
                'int_policy_amounts_latest.executed_amount_yen',
                'int_policy_amounts_latest.revised_amount_yen'
            ) }}
    end as executed_percent,
    int_policy_amounts_latest.initial_fiscal_year,
    int_policy_amounts_latest.initial_amount_yen,
    int_policy_amounts_latest.program_executed_amount_yen,
    int_policy_amounts_latest.program_count_without_executed_amount,
    coalesce(int_documents_quarantined.quarantined_cell_count, 0) as quarantined_cell_count
from dim_policy
inner join dim_document
    on dim_policy.document_key = dim_document.document_key
left join int_policies_counted
    on dim_policy.policy_key = int_policies_counted.policy_key
left join int_policy_amounts_latest
    on dim_policy.policy_key = int_policy_amounts_latest.policy_key
left join int_documents_quarantined
    on dim_policy.document_key = int_documents_quarantined.document_key
