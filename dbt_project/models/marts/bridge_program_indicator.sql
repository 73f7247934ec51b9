with

int_program_indicators_linked as (

    select * from {{ ref('int_program_indicators_linked') }}

)

select
    program_indicator_key,
    document_key,
    program_key,
    indicator_key
from int_program_indicators_linked
