with

stg_normalized__policies as (

    select * from {{ ref('stg_normalized__policies') }}

)

select
    policy_key,
    document_key,
    policy_name,
    bureau,
    responsible_official,
    overview,
    evaluation_fiscal_year,
    related_cabinet_policies
from stg_normalized__policies
