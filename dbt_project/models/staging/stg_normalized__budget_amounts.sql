with

source as (

    select * from {{ source('normalized', 'budget_amounts') }}

),

renamed as (

    select
        budget_key,
        document_key,
        policy_key,
        goal_key,
        program_key,
        goal_number,
        budget_level,
        budget_stage,
        fiscal_year,
        period_text,
        amount_yen,
        amount_printed,
        unit_printed,
        value_qualifier,
        inclusion,
        inclusion_source,
        value_status,
        rule as value_rule,
        review_number,
        raw_text,
        cell_key
    from source

)

select * from renamed
