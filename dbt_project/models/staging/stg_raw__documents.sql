with

source as (

    select * from {{ source('raw', 'documents') }}

),

renamed as (

    select
        document_key,
        sha256,
        file_name,
        source_url,
        publisher,
        title,
        sheet_code,
        document_kind,
        license,
        attribution,
        continues,
        page_count,
        status,
        status_reason
    from source

)

select * from renamed
