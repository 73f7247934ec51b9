-- A document of no known form, or one that could not be opened, must not have any fact.
with

dim_document as (

    select * from {{ ref('dim_document') }}

),

facts as (

    select document_key from {{ ref('fact_budget') }}
    union
    select document_key from {{ ref('fact_indicator_values') }}

)

select facts.document_key
from facts
inner join dim_document
    on facts.document_key = dim_document.document_key
where dim_document.status <> 'read'
