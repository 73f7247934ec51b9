with

source as (

    select * from {{ source('normalized', 'indicator_values') }}

),

renamed as (

    select
        indicator_value_key,
        document_key,
        policy_key,
        goal_key,
        indicator_key,
        goal_number,
        indicator_number,
        value_kind,
        fiscal_year,
        period_text,
        value_numeric,
        value_unit,
        value_qualifier,
        value_status,
        rule as value_rule,
        raw_text,
        cell_key
    from source

)

select * from renamed
