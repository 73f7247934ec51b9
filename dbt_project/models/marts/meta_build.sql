{#- Asked when the model runs: dbt parses one anew whose environment changed since then. -#}
{%- set build_id = env_var('SHISAKU_BUILD_ID', 'unnamed') if execute else '' -%}
{%- set built_at = env_var('SHISAKU_BUILT_AT', '1970-01-01 00:00:00') if execute else '' -%}

with

cells as (

    select * from {{ ref('cells') }}

),

dim_document as (

    select * from {{ ref('dim_document') }}

),

fact_budget as (

    select * from {{ ref('fact_budget') }}

),

fact_indicator_values as (

    select * from {{ ref('fact_indicator_values') }}

),

documents as (

    select
        count(*) as document_count,
        sum(case when status = 'read' then 1 else 0 end) as read_document_count,
        sum(case when status = 'unrecognized_form' then 1 else 0 end)
            as unrecognized_document_count,
        sum(case when status = 'failed' then 1 else 0 end) as failed_document_count,
        {{ sha256_of(lines_of('sha256')) }} as documents_sha256
    from dim_document

),

printed as (

    select
        count(*) as cell_count,
        sum(case when role = 'quarantined' then 1 else 0 end) as quarantined_cell_count
    from cells

),

indicator_values as (

    select count(*) as indicator_value_count from fact_indicator_values

),

budget_amounts as (

    select count(*) as budget_amount_count from fact_budget

)

select
    '{{ build_id }}' as build_id,
    cast('{{ built_at }}' as timestamp) as built_at,
    '{{ env_var("SHISAKU_VERSION", "unknown") }}' as shisaku_version,
    '{{ dbt_version }}' as dbt_version,
    {{ engine_version() }} as engine_version,
    '{{ env_var("SHISAKU_READER_VERSIONS", "unknown") }}' as reader_versions,
    coalesce(documents.documents_sha256, {{ sha256_of("''") }}) as documents_sha256,
    '{{ env_var("SHISAKU_CODE_SHA256", "unknown") }}' as code_sha256,
    cast(documents.document_count as integer) as document_count,
    cast(coalesce(documents.read_document_count, 0) as integer) as read_document_count,
    cast(coalesce(documents.unrecognized_document_count, 0) as integer)
        as unrecognized_document_count,
    cast(coalesce(documents.failed_document_count, 0) as integer) as failed_document_count,
    cast(printed.cell_count as integer) as cell_count,
    cast(coalesce(printed.quarantined_cell_count, 0) as integer) as quarantined_cell_count,
    cast(indicator_values.indicator_value_count as integer) as indicator_value_count,
    cast(budget_amounts.budget_amount_count as integer) as budget_amount_count
from documents
cross join printed
cross join indicator_values
cross join budget_amounts
