{#
  How tables come into a database that a build fills, an empty one or a copy of the published one.
  `meta.refresh` of a model says how:

    by_document  each row comes of one sheet alone: rows go in some documents at a time, in a copy
                 those of changed documents alone
    by_program   each row comes of all sheets that list one program: rows go in some programs at a
                 time; in a copy, those of programs that changed documents list, or listed, alone
    by_key       rows that can come of several sheets, and that others point at or of which few
                 change: they are compared by primary key; where that is the program's, those of
                 changed programs are
    whole        (default) all rows go in again

  Before dbt starts, the build takes out of a copy the rows that are put in again, from the facts
  down to the dimensions: keys that point at rows allow no other order. Tables stay, so that several
  can be filled at a time: making one with a key changes the table that this points at. It lists in
  SHISAKU_WORK, as JSON, the batches of documents that go in together, and of a copy in
  building.changed_programs the programs (pipelines/build/database.py).
#}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}

  {%- set relation = this.incorporate(type='table') -%}
  {%- set existing = load_cached_relation(this) -%}
  {%- set work = fromjson(env_var('SHISAKU_WORK', 'null')) -%}
  {%- set refresh = config.get('meta', {}).get('refresh', 'whole') -%}

  {% if existing is not none and (work is none or existing.type != 'table') %}
    {{ return(dbt_duckdb.materialization_table_duckdb()) }}
  {% endif %}

  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% if work is not none and refresh == 'by_document' %}
    {% if existing is none %}
      {{ table_created(relation, compiled_code) }}
    {% endif %}
    {{ batches_put_in(relation, compiled_code, work) }}
  {% elif work is not none and refresh == 'by_program' and existing is none %}
    {{ table_created(relation, compiled_code) }}
    {{ programs_put_in(relation, compiled_code, work['batches'] | length) }}
  {% else %}
    {% call statement('main') %}
      {% if existing is none %}
        {{ create_table_as(False, relation, compiled_code) }}
      {% elif refresh == 'by_program' %}
        {{ rows_put_in(relation, compiled_code, 'program_key in (' ~ changed_programs() ~ ')') }}
      {% elif refresh == 'whole' %}
        {{ rows_put_in(relation, compiled_code, 'true') }}
      {% else %}
        {{ rows_compared_by_key(relation, compiled_code) }}
      {% endif %}
    {% endcall %}
  {% endif %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {% if existing is none and config.persist_relation_docs() %}
    {% call statement('comments') %}
      {{ comments_of(relation, model) }}
    {% endcall %}
  {% endif %}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}

{% endmaterialization %}

{# A view in one statement; the database is a build's own, and nobody looks at it meanwhile. #}
{% materialization view, adapter='duckdb' %}

  {%- set relation = this.incorporate(type='view') -%}
  {{ run_hooks(pre_hooks, inside_transaction=True) }}
  {% call statement('main') -%}
    create or replace view {{ relation }} as (
      {{ compiled_code }}
    )
  {%- endcall %}
  {{ run_hooks(post_hooks, inside_transaction=True) }}
  {{ adapter.commit() }}
  {{ return({'relations': [relation]}) }}

{% endmaterialization %}

{# The table as its contract says, without rows. #}
{% macro table_created(relation, sql) -%}
  {{ get_assert_columns_equivalent(sql) }}
  {% call statement('create') -%}
    create table {{ relation }} {{ get_table_columns_and_constraints() }}
  {%- endcall %}
{%- endmacro %}

{#
  The rows of each batch, one after the other, each for good: what a table's keys need until then
  is memory. Sources read the files of the batch alone (models/staging/_sources.yml).
#}
{% macro batches_put_in(relation, sql, work) -%}
  {%- for batch in work['batches'] -%}
    {%- set documents = batch['documents'] -%}
    {% call statement('main') -%}
      set variable documents = {{ list_of_texts(documents) }};
      set variable parts = {{ list_of_texts(batch['parts']) }};
      {% if batch['is_run'] -%}
        {%- set condition = "document_key between '" ~ documents | min ~ "' and '" ~ documents | max ~ "'" -%}
        {{ rows_put_in(relation, read_where(condition, sql), condition) }};
      {%- elif documents -%}
        {{ rows_put_in(relation, sql, "document_key in ('" ~ documents | join("', '") ~ "')") }};
      {%- else -%}
        {{ rows_put_in(relation, sql, 'true') }};
      {%- endif %}
      reset variable documents;
      reset variable parts
    {%- endcall %}
    {% do adapter.commit() %}
    {% if work['is_anew'] %}
      {% do keys_written(relation.database) %}
    {% endif %}
  {%- else -%}
    {% call statement('main') -%}
      select 'no document changed'
    {%- endcall %}
  {%- endfor -%}
{%- endmacro %}

{# A list of texts as DuckDB reads it; null for none. #}
{% macro list_of_texts(texts) -%}
  {{ return('null' if texts is none else "['" ~ texts | join("', '") ~ "']") }}
{%- endmacro %}

{#
  A model's select that reads, of every table that is filled by document, the rows that fit
  `condition` alone: wherever the model joins by another key, DuckDB would hold those of all documents.
  For a range, that is: a list it would look up in a table of its own, one for every table read.
#}
{% macro read_where(condition, sql) -%}
  {%- set made = namespace(sql=sql) -%}
  {%- for node in graph.nodes.values() if node.unique_id in model['depends_on']['nodes'] -%}
    {%- if node.config.materialized == 'table' and node.config.meta.get('refresh') == 'by_document' -%}
      {%- set rows = '(select * from ' ~ node.relation_name ~ ' where ' ~ condition ~ ')' -%}
      {%- set made.sql = made.sql | replace(node.relation_name, rows) -%}
    {%- endif -%}
  {%- endfor -%}
  {{ return(made.sql) }}
{%- endmacro %}

{# The rows of all programs, in `lots` of them. #}
{% macro programs_put_in(relation, sql, lots) -%}
  {%- set asked -%}
    select min(program_key) as first, max(program_key) as last
    from (
      select
        program_key,
        ntile({{ lots }}) over (order by program_key) as lot
      from {{ ref('dim_program') }}
    )
    group by lot
    order by lot
  {%- endset -%}
  {%- for first, last in run_query(asked).rows -%}
    {% call statement('main') -%}
      {{ rows_put_in(relation, sql, "program_key between '" ~ first ~ "' and '" ~ last ~ "'") }}
    {%- endcall %}
    {% do adapter.commit() %}
    {% do keys_written(relation.database) %}
  {%- else -%}
    {% call statement('main') -%}
      select 'no program'
    {%- endcall %}
  {%- endfor -%}
{%- endmacro %}

{#
  DuckDB keeps what is new in a key's index in memory until it is written to the file: that is done
  wherever it has come to a quarter of what may be taken. Nothing else may be going in meanwhile: not
  in a copy, where it would be little.
#}
{% macro keys_written(database) -%}
  {%- set asked -%}
    select coalesce(sum(memory_usage_bytes), 0)
      > parse_formatted_bytes(current_setting('memory_limit')) / 4 as is_much
    from duckdb_memory()
    where tag = 'ART_INDEX'
  {%- endset -%}
  {%- if run_query(asked).rows[0]['is_much'] -%}
    {%- do run_query('checkpoint ' ~ database) -%}
  {%- endif -%}
{%- endmacro %}

{#
  An insert of the rows that fit `condition`. What that compares stands in the statement itself, so
  that DuckDB passes over files and row groups that hold none of them.
#}
{% macro rows_put_in(relation, sql, condition) -%}
  {%- set columns = model['columns'].keys() | join(', ') -%}
  insert into {{ relation }} ({{ columns }})
  select {{ columns }}
  from (
    {{ sql }}
  ) as remade
  where {{ condition }}
{%- endmacro %}

{# The keys of changed programs, quoted and parted by commas; null where there are none. #}
{% macro changed_programs() -%}
  {%- set asked = 'select program_key from ' ~ this.database ~ '.building.changed_programs' -%}
  {%- set found = run_query(asked).columns[0].values() -%}
  {{ return("'" ~ (found | join("', '")) ~ "'" if found else 'null') }}
{%- endmacro %}

{#
  Rows that are there no longer go, values that differ are set right, new rows are put in. One column
  a statement: DuckDB replaces the whole row, which others may point at, where a statement names an
  indexed column, and lets it stand otherwise.
#}
{% macro rows_compared_by_key(relation, sql) -%}
  {%- set key = config.get('meta')['primary_key'] -%}
  {%- set columns = model['columns'].keys() | list -%}
  {%- set condition = 'program_key in (' ~ changed_programs() ~ ')' if key == 'program_key' else 'true' -%}
  create or replace temporary table remade as
  select * from (
    {{ sql }}
  ) as remade
  where {{ condition }};
  delete from {{ relation }}
  where {{ condition }} and {{ key }} not in (select {{ key }} from remade);
  create or replace temporary table differing as
  select remade.*
  from remade
  inner join {{ relation }} as present
    on remade.{{ key }} = present.{{ key }}
  where
    {% for column in columns if column != key -%}
      remade.{{ column }} is distinct from present.{{ column }}
      {%- if not loop.last %} or {% endif %}
    {% endfor %};
  {% for column in columns if column != key -%}
    update {{ relation }} as present
    set {{ column }} = differing.{{ column }}
    from differing
    where
      present.{{ key }} = differing.{{ key }}
      and present.{{ column }} is distinct from differing.{{ column }};
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
