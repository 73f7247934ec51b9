{# A model's schema is the one its layer names, and nothing in front of it: marts are in main. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
  {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
