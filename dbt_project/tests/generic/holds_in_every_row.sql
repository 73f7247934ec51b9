{# Fails for every row in which `expression` is false or null. #}
{% test holds_in_every_row(model, expression) %}

select *
from {{ model }}
where not coalesce({{ expression }}, false)

{% endtest %}
