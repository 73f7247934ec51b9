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

counted as (

    {% for mart in marts %}
        select
            document_key,
            '{{ mart }}' as mart,
            count(*) as row_count
        from {{ ref(mart) }}
        group by document_key
        union all
    {% endfor %}
    select
        document_key,
        'dim_program' as mart,
        count(distinct program_key) as row_count
    from {{ ref('bridge_program_goal') }}
    group by document_key

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
