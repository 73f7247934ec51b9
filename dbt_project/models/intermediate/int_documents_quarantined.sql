with

stg_normalized__cells as (

    select * from {{ ref('stg_normalized__cells') }}

)

select
    document_key,
    cast(count(*) as integer) as quarantined_cell_count
from stg_normalized__cells
where role = 'quarantined'
group by document_key
