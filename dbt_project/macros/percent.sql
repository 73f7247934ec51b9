{#
  `part` as a percentage of `whole`, DECIMAL(18,4); null where either is, or where the share is
  too large to be meant. The caller says which wholes make sense.
#}
{% macro percent(part, whole) -%}
  {{ decimal_or_null('100.0 * cast(' ~ part ~ ' as double) / nullif(cast(' ~ whole ~ ' as double), 0)') }}
{%- endmacro %}
