{#
  Comments of columns, which dbt-spark leaves out for plain parquet. They live in the catalog: where
  that ends with the session (in-memory), there is nowhere to put them.
#}
{% macro spark__alter_column_comment(relation, column_dict) -%}
  {%- set catalog = run_query('set spark.sql.catalogImplementation').columns[1].values()[0] -%}
  {%- if catalog != 'in-memory' -%}
    {%- for column in column_dict.values() -%}
      {%- set comment = column['description'] | replace('\\', '\\\\') | replace("'", "\\'") -%}
      {%- do run_query(
        'alter table ' ~ relation ~ ' alter column ' ~ column['name'] ~ " comment '" ~ comment ~ "'"
      ) -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}

{#
  Spark enforces no constraint: what the contract declares is looked up in the table just made, and
  the model fails where a required column has a null, a primary key stands twice, or a foreign key
  points at nothing.
#}
{% macro spark__persist_constraints(relation, model) -%}
  {%- set required = [] -%}
  {%- for column in model['columns'].values() -%}
    {%- for constraint in column['constraints'] if constraint['type'] == 'not_null' -%}
      {%- do required.append(column['name']) -%}
    {%- endfor -%}
  {%- endfor -%}
  {%- set checks = [] -%}
  {%- for column in required -%}
    {%- do checks.append(["null in " ~ column, "count(*) - count(" ~ column ~ ")"]) -%}
  {%- endfor -%}
  {%- for constraint in model['constraints'] if constraint['type'] == 'primary_key' -%}
    {%- set key = constraint['columns'] | join(', ') -%}
    {%- do checks.append([key ~ " stands twice", "count(*) - count(distinct " ~ key ~ ")"]) -%}
  {%- endfor -%}
  {%- if checks -%}
    {%- set expressions = checks | map(attribute=1) | join(', ') -%}
    {%- set counted = run_query('select ' ~ expressions ~ ' from ' ~ relation).rows[0] -%}
    {%- for check in checks -%}
      {%- if counted[loop.index0] > 0 -%}
        {{ exceptions.raise_compiler_error(relation ~ ': ' ~ check[0] ~ ', ' ~ counted[loop.index0] ~ ' rows') }}
      {%- endif -%}
    {%- endfor -%}
  {%- endif -%}
  {%- set orphans = [] -%}
  {%- for constraint in model['constraints'] if constraint['type'] == 'foreign_key' -%}
    {%- set key, target = constraint['columns'][0], constraint['to_columns'][0] -%}
    {%- do orphans.append(
      "select '" ~ key ~ "' as key_name, count(*) as orphan_count from " ~ relation ~ " as child"
      ~ " left anti join " ~ constraint['to'] ~ " as parent on child." ~ key ~ " = parent." ~ target
      ~ " where child." ~ key ~ " is not null"
    ) -%}
  {%- endfor -%}
  {%- if orphans -%}
    {%- for row in run_query(orphans | join(' union all ')).rows -%}
      {%- if row[1] > 0 -%}
        {{ exceptions.raise_compiler_error(relation ~ ': ' ~ row[0] ~ ' points at nothing, ' ~ row[1] ~ ' rows') }}
      {%- endif -%}
    {%- endfor -%}
  {%- endif -%}
{%- endmacro %}
