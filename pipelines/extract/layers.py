"""Layers that a document says are not shown (optional content, ISO 32000-2, 8.11).

In: a document's catalog. Out: :class:`Layers`, which tells whether a layer, or a group of layers,
is hidden as the document opens. Refuses nothing: what it does not understand is shown.
"""

from __future__ import annotations

from typing import Any

from playa.miner import PSLiteral, resolve1
from playa.pdftypes import ObjRef


class Layers:
    """Which layers are off."""

    __slots__ = ("_all_off", "_off", "_on")

    def __init__(self, catalog: Any) -> None:  # noqa: ANN401 - playa's dictionaries
        """Read the default configuration."""
        properties = resolve1(catalog.get("OCProperties"))
        default = resolve1(properties.get("D")) if isinstance(properties, dict) else None
        if not isinstance(default, dict):
            default = {}
        self._all_off = _name(default.get("BaseState")) == "OFF"
        self._off = _references(default.get("OFF"))
        self._on = _references(default.get("ON"))

    @property
    def has_hidden(self) -> bool:
        """Whether there is anything to look out for."""
        return self._all_off or bool(self._off)

    def hides(self, entry: Any) -> bool:  # noqa: ANN401
        """Whether what belongs to ``entry``, a layer or a membership dictionary, is hidden."""
        if isinstance(entry, ObjRef):
            if entry.objid in self._off:
                return True
            if entry.objid in self._on:
                return False
        group = resolve1(entry)
        if not isinstance(group, dict):
            return False
        if _name(group.get("Type")) != "OCMD":
            return isinstance(entry, ObjRef) and self._all_off
        layers = group.get("OCGs")
        if not isinstance(layers, ObjRef) or isinstance(resolve1(layers), list):
            layers = resolve1(layers)
        members = layers if isinstance(layers, list) else [layers]
        hidden = [self.hides(layer) for layer in members if layer is not None]
        if not hidden:
            return False
        return {
            "AllOn": any(hidden),
            "AnyOff": not any(hidden),
            "AllOff": not all(hidden),
        }.get(_name(group.get("P")), all(hidden))


def _references(entry: Any) -> frozenset[int]:  # noqa: ANN401
    found = resolve1(entry)
    if not isinstance(found, list):
        return frozenset()
    return frozenset(item.objid for item in found if isinstance(item, ObjRef))


def _name(entry: Any) -> str:  # noqa: ANN401
    found = resolve1(entry)
    return str(found.name) if isinstance(found, PSLiteral) else ""
