{#
  How tables come into a database that a build fills: the whole table where there is none; else,
  in a copy of the published database, only what changed. `meta.refresh` of a model says how:

    by_document  each row comes of one sheet alone: rows of changed documents are put in again
    by_key       each row can come of several: rows are compared by primary key
    whole        (default) the table is made anew

  Before dbt starts, the build drops the tables that are made anew and takes the rows of changed
  documents out of the others, from the facts down to the dimensions: keys that point at rows allow
  no other order. It lists these documents in building.changed_documents.
#}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}

  {%- set relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set changed = changed_documents() -%}
  {%- set refresh = config.get('meta', {}).get('refresh', 'whole') -%}

  {% if existing is not none and (changed is none or existing.type != 'table') %}
    {{ return(dbt_duckdb.materialization_table_duckdb()) }}
  {% endif %}

  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') %}
    {% if existing is none %}
      {{ create_table_as(False, relation, compiled_code) }}
    {% elif refresh == 'by_document' %}
      {{ rows_of_documents_put_in(relation, compiled_code, changed) }}
    {% else %}
      {{ rows_compared_by_key(relation, compiled_code) }}
    {% endif %}
  {% endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% if existing is none %}
    {% call statement('comments') %}
      {{ comments_of(relation, model) }}
    {% endcall %}
  {% endif %}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}

{% endmaterialization %}

{# The keys of the documents that a build puts in again; none where it fills a new database. #}
{% macro changed_documents() -%}
  {%- if execute and adapter.get_relation(this.database, 'building', 'changed_documents') -%}
    {%- set found = run_query('select document_key from building.changed_documents') -%}
    {{ return(found.columns[0].values() | list) }}
  {%- endif -%}
  {{ return(none) }}
{%- endmacro %}

{#
  Rows of the documents `changed`. The keys stand in the statement itself, so that DuckDB passes
  over files and row groups that hold none of them.
#}
{% macro rows_of_documents_put_in(relation, sql, changed) -%}
  {%- set columns = model['columns'].keys() | join(', ') -%}
  insert into {{ relation }} ({{ columns }})
  select {{ columns }}
  from (
    {{ sql }}
  ) as remade
  where
    {% if changed -%}
      document_key in ('{{ changed | join("', '") }}')
    {%- else -%}
      false
    {%- endif %}
{%- endmacro %}

{#
  Rows that are there no longer go, values that differ are set right, new rows are put in. One column
  a statement: DuckDB replaces the whole row, which others may point at, where a statement names an
  indexed column, and lets it stand otherwise.
#}
{% macro rows_compared_by_key(relation, sql) -%}
  {%- set key = config.get('meta')['primary_key'] -%}
  {%- set columns = model['columns'].keys() | list -%}
  create or replace temporary table remade as
  {{ sql }};
  delete from {{ relation }}
  where {{ key }} not in (select {{ key }} from remade);
  {% for column in columns if column != key -%}
    update {{ relation }} as present
    set {{ column }} = remade.{{ column }}
    from remade
    where
      present.{{ key }} = remade.{{ key }}
      and present.{{ column }} is distinct from remade.{{ column }};
  {% endfor -%}
  insert into {{ relation }} ({{ columns | join(', ') }})
  select {{ columns | join(', ') }}
  from remade
  where {{ key }} not in (select {{ key }} from {{ relation }})
{%- endmacro %}

{# Comments of a table and all its columns, in one go: a contract knows that each is there. #}
{% macro comments_of(relation, model) -%}
  comment on table {{ relation }} is {{ duckdb_escape_comment(model['description']) }};
  {% for column in model['columns'].values() -%}
    comment on column {{ relation }}.{{ column['name'] }}
    is {{ duckdb_escape_comment(column['description']) }};
  {% endfor %}
{%- endmacro %}
