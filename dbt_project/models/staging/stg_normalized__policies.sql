with

source as (

    select * from {{ source('normalized', 'policies') }}

),

renamed as (

    select
        policy_key,
        document_key,
        policy_name,
        bureau,
        responsible_official,
        overview,
        evaluation_fiscal_year,
        related_cabinet_policies
    from source

)

select * from renamed
