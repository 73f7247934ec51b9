with

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

)

-- Words such as 毎年度 name no year; a period with figures in it names one, or several.
select
    indicator_value_key,
    document_key,
    indicator_key,
    value_kind,
    period_text,
    value_numeric,
    raw_text,
    cell_key
from fact_indicator_values
where
    fiscal_year is null
    and value_status = 'value'
    and period_text != translate(period_text, '0123456789０１２３４５６７８９', '')
