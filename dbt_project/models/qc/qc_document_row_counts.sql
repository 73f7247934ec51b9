{%- set marts = [
    'dim_policy',
    'dim_goal',
    'dim_indicator',
    'bridge_program_goal',
    'bridge_program_indicator',
    'fact_indicator_values',
    'fact_budget',
] -%}

with

dim_document as (

    select * from {{ ref('dim_document') }}

),

expected_row_counts as (

    select * from {{ ref('expected_row_counts') }}

),

-- Each row by its document; a program that a document lists twice is one.
listed as (

    {% for mart in marts %}
        select
            document_key,
            '{{ mart }}' as mart
        from {{ ref(mart) }}
        union all
    {% endfor %}
    select
        document_key,
        'dim_program' as mart
    from {{ ref('bridge_program_goal') }}
    group by document_key, program_key

),

counted as (

    select
        document_key,
        mart,
        count(*) as row_count
    from listed
    group by document_key, mart

),

-- Every mart by name, so that a document without any row in it is counted too: zero.
marts as (

    {% for mart in marts + ['dim_program'] %}
        select '{{ mart }}' as mart
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select
    dim_document.document_key || ':' || marts.mart as document_mart_key,
    dim_document.document_key,
    dim_document.file_name,
    marts.mart,
    cast(coalesce(counted.row_count, 0) as integer) as row_count,
    expected_row_counts.expected_row_count,
    cast(coalesce(counted.row_count, 0) as integer)
    = expected_row_counts.expected_row_count as is_as_expected
from dim_document
cross join marts
left join counted
    on
        dim_document.document_key = counted.document_key
        and marts.mart = counted.mart
left join expected_row_counts
    on
        dim_document.sha256 = expected_row_counts.sha256
        and marts.mart = expected_row_counts.mart
