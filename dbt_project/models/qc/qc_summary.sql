{%- set checks = [
    'qc_amounts_that_conflict',
    'qc_amounts_unlike_their_unit',
    'qc_amounts_without_fiscal_year',
    'qc_cumulative_values_that_fall',
    'qc_execution_above_budget',
    'qc_facts_beyond_their_cell',
    'qc_figures_out_of_scale',
    'qc_indicators_without_target',
    'qc_links_to_missing_indicators',
    'qc_pages_with_other_text',
    'qc_quarantined_cells',
    'qc_totals_that_disagree',
    'qc_unparsed_values',
    'qc_values_printed_twice',
    'qc_values_with_unread_period',
] -%}

with

qc_page_accounts as (

    select * from {{ ref('qc_page_accounts') }}

),

counted as (

    {% for check in checks %}
        select
            '{{ check }}' as check_name,
            count(*) as row_count
        from {{ ref(check) }}
        union all
    {% endfor %}
    select
        'qc_page_accounts' as check_name,
        sum(case when is_conserved then 0 else 1 end) as row_count
    from qc_page_accounts

)

select
    check_name,
    cast(coalesce(row_count, 0) as integer) as row_count
from counted
