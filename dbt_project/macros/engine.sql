{#
  What engines say differently, and nothing else. A model calls these names; a port to another
  engine adds its own prefixed variant (spark__…) here and touches no model.
#}

{# DATE: first day of the fiscal year that starts in the Western year `year` (INTEGER). #}
{% macro fiscal_year_start(year) -%}
  {{ return(adapter.dispatch('fiscal_year_start', 'shisaku')(year)) }}
{%- endmacro %}

{% macro duckdb__fiscal_year_start(year) -%}
  make_date({{ year }}, 4, 1)
{%- endmacro %}

{# DATE: last day of that fiscal year. #}
{% macro fiscal_year_end(year) -%}
  {{ return(adapter.dispatch('fiscal_year_end', 'shisaku')(year)) }}
{%- endmacro %}

{% macro duckdb__fiscal_year_end(year) -%}
  make_date({{ year }} + 1, 3, 31)
{%- endmacro %}

{#
  A select of every integer from column `first` to column `last` of the one-row relation
  `bounds`, as column `name`.
#}
{% macro integers_between(bounds, first, last, name) -%}
  {{ return(adapter.dispatch('integers_between', 'shisaku')(bounds, first, last, name)) }}
{%- endmacro %}

{% macro duckdb__integers_between(bounds, first, last, name) -%}
  select unnest(range({{ first }}, {{ last }} + 1)) as {{ name }}
  from {{ bounds }}
{%- endmacro %}
