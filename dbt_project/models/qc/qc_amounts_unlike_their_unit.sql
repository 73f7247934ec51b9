with

amount_units as (

    select * from {{ ref('amount_units') }}

),

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

-- The printed number in its unit must be the yen beside it. Numbers with two units
-- (1億2,000万円) have no single printed number and are not asked.
reckoned as (

    select
        fact_budget.*,
        {{ bigint_or_null(
            'fact_budget.amount_printed * cast(power(10, amount_units.exponent) as bigint)'
        ) }} as reckoned_yen
    from fact_budget
    left join amount_units
        on fact_budget.unit_printed = amount_units.unit
    where
        fact_budget.value_status = 'value'
        and fact_budget.amount_printed is not null

)

select
    budget_key,
    document_key,
    amount_yen,
    amount_printed,
    unit_printed,
    reckoned_yen,
    raw_text,
    cell_key
from reckoned
where
    reckoned_yen is null
    or reckoned_yen <> amount_yen
