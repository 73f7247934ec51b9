with

stg_normalized__budget_amounts as (

    select * from {{ ref('stg_normalized__budget_amounts') }}

),

classified as (

    select
        *,
        value_status = 'value' and inclusion = 'exact' as is_additive
    from stg_normalized__budget_amounts

)

select * from classified
