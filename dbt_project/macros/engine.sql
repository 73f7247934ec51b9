{#
  What engines say differently, and nothing else. A model calls these names; a port to another
  engine adds its own prefixed variant here and touches no model.
#}

{# DATE: first day of the fiscal year that starts in the Western year `year` (INTEGER). #}
{% macro fiscal_year_start(year) -%}
  {{ return(adapter.dispatch('fiscal_year_start', 'shisaku')(year)) }}
{%- endmacro %}

{% macro duckdb__fiscal_year_start(year) -%}
  make_date({{ year }}, 4, 1)
{%- endmacro %}

{% macro spark__fiscal_year_start(year) -%}
  make_date({{ year }}, 4, 1)
{%- endmacro %}

{# DATE: last day of that fiscal year. #}
{% macro fiscal_year_end(year) -%}
  {{ return(adapter.dispatch('fiscal_year_end', 'shisaku')(year)) }}
{%- endmacro %}

{% macro duckdb__fiscal_year_end(year) -%}
  make_date({{ year }} + 1, 3, 31)
{%- endmacro %}

{% macro spark__fiscal_year_end(year) -%}
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

{% macro spark__integers_between(bounds, first, last, name) -%}
  select explode(sequence({{ first }}, {{ last }})) as {{ name }}
  from {{ bounds }}
{%- endmacro %}

{# BOOLEAN: whether the text `text` begins with the text `prefix`; null where either is null. #}
{% macro starts_with(text, prefix) -%}
  {{ return(adapter.dispatch('starts_with', 'shisaku')(text, prefix)) }}
{%- endmacro %}

{% macro duckdb__starts_with(text, prefix) -%}
  starts_with({{ text }}, {{ prefix }})
{%- endmacro %}

{% macro spark__starts_with(text, prefix) -%}
  startswith({{ text }}, {{ prefix }})
{%- endmacro %}

{# DECIMAL(18,4) of a number; null instead of an error where it has no room for it. #}
{% macro decimal_or_null(number) -%}
  {{ return(adapter.dispatch('decimal_or_null', 'shisaku')(number)) }}
{%- endmacro %}

{% macro duckdb__decimal_or_null(number) -%}
  try_cast({{ number }} as decimal(18, 4))
{%- endmacro %}

{% macro spark__decimal_or_null(number) -%}
  try_cast({{ number }} as decimal(18, 4))
{%- endmacro %}

{# BIGINT of a number, rounded; null instead of an error where it has no room for it. #}
{% macro bigint_or_null(number) -%}
  {{ return(adapter.dispatch('bigint_or_null', 'shisaku')(number)) }}
{%- endmacro %}

{% macro duckdb__bigint_or_null(number) -%}
  try_cast({{ number }} as bigint)
{%- endmacro %}

{% macro spark__bigint_or_null(number) -%}
  try_cast(round({{ number }}) as bigint)
{%- endmacro %}

{# VARCHAR: SHA-256 of a text, 64 hex digits in lower case. #}
{% macro sha256_of(text) -%}
  {{ return(adapter.dispatch('sha256_of', 'shisaku')(text)) }}
{%- endmacro %}

{% macro duckdb__sha256_of(text) -%}
  sha256({{ text }})
{%- endmacro %}

{% macro spark__sha256_of(text) -%}
  sha2({{ text }}, 256)
{%- endmacro %}

{# VARCHAR: all texts of a group, in their own order, a line each (an aggregate). #}
{% macro lines_of(text) -%}
  {{ return(adapter.dispatch('lines_of', 'shisaku')(text)) }}
{%- endmacro %}

{% macro duckdb__lines_of(text) -%}
  string_agg({{ text }}, chr(10) order by {{ text }})
{%- endmacro %}

{% macro spark__lines_of(text) -%}
  array_join(array_sort(collect_list({{ text }})), chr(10))
{%- endmacro %}

{# VARCHAR: the engine and its version, such as "DuckDB v2.0.0". #}
{% macro engine_version() -%}
  {{ return(adapter.dispatch('engine_version', 'shisaku')()) }}
{%- endmacro %}

{% macro duckdb__engine_version() -%}
  'DuckDB ' || version()
{%- endmacro %}

{% macro spark__engine_version() -%}
  'Spark ' || split_part(version(), ' ', 1)
{%- endmacro %}

{# DATE: one row a day from `first` to `last`, both included (a set-returning expression). #}
{% macro days_from(first, last) -%}
  {{ return(adapter.dispatch('days_from', 'shisaku')(first, last)) }}
{%- endmacro %}

{% macro duckdb__days_from(first, last) -%}
  cast(unnest(generate_series({{ first }}, {{ last }}, interval 1 day)) as date)
{%- endmacro %}

{% macro spark__days_from(first, last) -%}
  explode(sequence({{ first }}, {{ last }}, interval 1 day))
{%- endmacro %}

{# VARCHAR: a text without spaces and line breaks of any kind, full-width ones included. #}
{% macro without_spaces(text) -%}
  {{ return(adapter.dispatch('without_spaces', 'shisaku')(text)) }}
{%- endmacro %}

{% macro duckdb__without_spaces(text) -%}
  regexp_replace({{ text }}, '[\s\x{0b}\x{1c}-\x{1f}\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]', '', 'g')
{%- endmacro %}

{% macro spark__without_spaces(text) -%}
  regexp_replace({{ text }}, r'[\s\x{00a0}\x{2000}-\x{200b}\x{3000}]', '')
{%- endmacro %}

{# BOOLEAN: whether the text `text` holds the text `part`; null where either is null. #}
{% macro holds_text(text, part) -%}
  {{ return(adapter.dispatch('holds_text', 'shisaku')(text, part)) }}
{%- endmacro %}

{% macro duckdb__holds_text(text, part) -%}
  contains({{ text }}, {{ part }})
{%- endmacro %}

{% macro spark__holds_text(text, part) -%}
  contains({{ text }}, {{ part }})
{%- endmacro %}
