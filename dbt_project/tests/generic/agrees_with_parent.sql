{#
  Fails for every row whose `columns` differ from those of the row of `parent` with the same
  `key`: the same quantity repeated in a child table must be the same.
#}
{% test agrees_with_parent(model, parent, key, columns) %}

select child.*
from {{ model }} as child
inner join {{ parent }} as parent
    on child.{{ key }} = parent.{{ key }}
where
    {% for column in columns %}
    child.{{ column }} is distinct from parent.{{ column }}
    {% if not loop.last %}or{% endif %}
    {% endfor %}

{% endtest %}
