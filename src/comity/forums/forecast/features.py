"""What is known about a member's vote on an item before it is cast, each as log chances of yes, abstain and no.

Sources: its last vote on the same title; its votes on like items, near and wide; everybody's votes on like items; what the ordinal model
says of a member at its ideal point on the most similar items; its habit of late. Nothing of the session forecast is used, nor any link
(bridge) made after the vote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.forums.compiled import compiled
from comity.forums.forecast.similarity import Item, similarity
from comity.forums.idealpoints.estimate import preview
from comity.forums.idealpoints.normal import cdf
from comity.forums.idealpoints.prepare import SEATS, prepare
from comity.forums.model import Bool, Float, Int, Int8, RollCalls
from comity.forums.titles import key_of

WINDOW = 15
"""So many sessions back are looked at (the same title: all of them)."""

FADE = 0.88
"""Weight of a vote for each session that has gone by since."""

_MIX = 8
_ROUNDS = 60


@dataclass(frozen=True)
class Known:
    """``x``: float64 (items, units, 3, features); ``last``: int8 (items, units), 0 none, else the last vote on the same title;
    ``matched``: (items,); ``habit``: int8 (units,), each unit's most frequent vote of late.
    """

    x: Float
    last: Int8
    matched: Bool
    habit: Int8


def known_before(calls: RollCalls, options: Int8, session: int, items: Sequence[Item]) -> Known:
    """What is known of ``items`` before ``session``; ``options``: the matrix by seat, int8 (events, units)."""
    whole = calls.whole_texts & (calls.sessions < session)
    ever = np.flatnonzero(whole)
    at = ever[calls.sessions[ever] >= session - WINDOW]
    past = [Item.of(calls.events[i]) for i in at]
    votes = options[at]
    cast = np.stack([votes == k for k in (1, 2, 3)], axis=2).astype(np.float64)
    alike = similarity(items, past)
    fade = FADE ** (session - calls.sessions[at])
    overall = _shares(np.einsum("e,euk->uk", fade, cast)[None], np.full(3, 1 / 3), 1.0)[0]
    near = np.where(alike > 0.15, np.exp(14 * (alike - 1)), 0.0) * fade
    wide = np.where(alike > 0.05, np.exp(5 * (alike - 1)), 0.0) * fade
    everybody = _shares(np.einsum("ie,ek->ik", near, cast.sum(axis=1)), overall.mean(axis=0), 2.0)
    own_near = _shares(np.einsum("ie,euk->iuk", near, cast), 0.5 * overall[None] + 0.5 * everybody[:, None], 0.3)
    brief = near * (0.55 / FADE) ** (session - calls.sessions[at])
    own_brief = _shares(np.einsum("ie,euk->iuk", brief, cast), own_near, 0.15)
    own_wide = _shares(np.einsum("ie,euk->iuk", wide, cast), overall[None], 0.5)
    model = _model(calls, session, at, alike * fade, options.shape[1], everybody)
    last, age = _last(calls, options, ever, session, items)
    x = _stack(own_near, own_brief, own_wide, everybody, model, overall, last, age, alike.max(axis=1, initial=0.0))
    matched = (last > 0).any(axis=1)
    return Known(x, last, matched, (np.argmax(overall, axis=1) + 1).astype(np.int8))


def _shares(counts: Float, prior: Float, weight: float) -> Float:
    """Shares of the last axis, leaning on ``prior`` with ``weight``."""
    return np.asarray((counts + weight * prior) / (counts.sum(axis=-1, keepdims=True) + weight))


def _last(calls: RollCalls, options: Int8, ever: Int, session: int, items: Sequence[Item]) -> tuple[Int8, Float]:
    by_key: dict[str, list[int]] = {}
    for i in ever:
        by_key.setdefault(key_of(calls.events[i].title), []).append(int(i))
    last = np.zeros((len(items), options.shape[1]), dtype=np.int8)
    age = np.zeros(last.shape)
    for row, item in enumerate(items):
        for i in by_key.get(key_of(item.title), []):
            voted = (options[i] >= 1) & (options[i] <= 3)
            last[row, voted] = options[i, voted]
            age[row, voted] = session - calls.sessions[i]
    return last, age


def _model(calls: RollCalls, session: int, at: Int, weight: Float, units: int, otherwise: Float) -> Float:
    """Chances by the model (items, units, 3): a mixture over the most similar past roll calls, at each unit's latest ideal point."""
    recent = calls.select((calls.sessions < session) & (calls.sessions >= session - WINDOW))
    o = prepare(recent, SEATS)
    found = preview(o, rounds=_ROUNDS)
    theta = np.full(units, np.nan)
    for c in np.argsort(o.session, kind="stable"):
        theta[o.unit[c]] = found.mean[c]
    item_of = np.array([o.event_item[recent.index[calls.events[i].id]] for i in at], dtype=np.int64)
    out = np.repeat(otherwise[:, None, :], units, axis=1)
    for row in range(len(weight)):
        best = np.argsort(-weight[row])[:_MIX]
        best = best[(weight[row, best] > 0.1) & (item_of[best] >= 0)]
        if not len(best):
            continue
        chances, total = np.zeros((units, 3)), 0.0
        for e in best:
            i, w = item_of[e], weight[row, e] ** 3
            mu = found.beta[i] * theta
            below, above = _cdf(found.low[i] - mu), _cdf(found.high[i] - mu)
            chances += w * np.stack([below, above - below, 1 - above], axis=1)
            total += w
        known = ~np.isnan(theta)
        out[row, known] = chances[known] / total
    return out


@compiled
def _cdf(x: Float) -> Float:
    out = np.empty(len(x))
    for i in range(len(x)):
        out[i] = np.nan if np.isnan(x[i]) else cdf(x[i])
    return out


def _stack(
    near: Float, brief: Float, wide: Float, everybody: Float, model: Float, overall: Float, last: Int8, age: Float, best: Float
) -> Float:
    """Features of the logit: log chances, each for items seen before and for others; the last vote, fading; and what abstaining and no
    need by themselves.
    """
    items, units = last.shape
    shape = (items, units, 3)
    logs = [np.log(np.clip(np.broadcast_to(p, shape), 1e-3, 1.0)) for p in (near, brief, wide, everybody[:, None], model, overall[None])]
    seen = (last > 0)[:, :, None].astype(np.float64)
    same = np.stack([last == k for k in (1, 2, 3)], axis=2).astype(np.float64)
    fading = (FADE**age)[:, :, None]
    constant = np.broadcast_to(np.eye(3)[1:, None, None, :], (2, *shape))
    closeness = np.broadcast_to(best[:, None, None], shape)
    features = [f * seen for f in logs] + [f * (1 - seen) for f in logs] + [f * (1 - seen) * closeness for f in logs]
    features += [same, same * fading, *constant, *(c * seen for c in constant)]
    return np.stack(features, axis=3)
