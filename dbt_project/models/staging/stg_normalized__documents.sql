with

source as (

    select * from {{ source('normalized', 'documents') }}

),

renamed as (

    select
        document_key,
        sha256,
        file_name,
        source_url,
        publisher,
        form,
        title,
        sheet_code,
        fiscal_year,
        document_kind,
        license,
        attribution,
        page_count,
        status,
        status_reason
    from source

)

select * from renamed
