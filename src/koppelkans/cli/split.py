"""The command that shows who saves what in each bundle, fairly split. (nl: eerlijk delen)."""

from pathlib import Path

import pandas as pd

from koppelkans.cli.voice import LANG, Voice, guarded, t
from koppelkans.context.product import Context
from koppelkans.ground.errors import Fault, InputError
from koppelkans.ground.outputs import SHELF, settle, shelved
from koppelkans.ground.shelf import load
from koppelkans.ground.words import Phrase, euros
from koppelkans.programme.product import Programme

MOST = 20
"""Bundles that are shown without being asked for; all stand in the workbook and in --json."""


def split(bundle: str | None, *, out: Path, as_json: bool) -> None:
    """Show what each party pays for opening in each bundle, apart and together."""
    voice = Voice(as_json=as_json)

    def show() -> None:
        settle(out, own=shelved)
        programme, context = (
            load(Programme, out / SHELF / "programme"),
            load(Context, out / SHELF / "context"),
        )
        names = dict(zip(context.parties["party"], context.parties["name"], strict=True))
        bundles = _asked(programme.bundles, bundle)
        shown = bundles.sort_values(["saving_eur", "bundle"], ascending=[False, True]).head(MOST)
        for row in shown.to_dict("records"):
            shares = programme.split[programme.split["bundle"] == row["bundle"]]
            voice.table(
                t("{bundle}: {streets}, {year}", bundle=row["bundle"], streets=row["name"], year=row["year"]),
                [t("party"), t("works"), t("apart"), t("fair share"), t("saved")],
                _rows(shares, names),
            )
            voice.words(_core(row, names), style="bold red" if row["in_core"] is False else "")
        if len(bundles) > len(shown):
            voice.words(
                t("And {more} more; all of them stand in the workbook and in --json.", more=len(bundles) - len(shown))
            )
        if bundles.empty:
            voice.words(t("There are no bundles in this programme."))
        voice.result({"ok": True, "bundles": _plain(bundles, programme.split)})

    guarded(voice, show)


def _asked(bundles: pd.DataFrame, bundle: str | None) -> pd.DataFrame:
    """Return the bundle that was asked for, or all."""
    found = bundles if bundle is None else bundles[bundles["bundle"] == bundle]
    if bundle is not None and found.empty:
        wanted = Phrase("a bundle of this programme, such as 2029-01")
        raise InputError([Fault("programme", bundle, wanted, fatal=True)])
    return found


def _rows(shares: pd.DataFrame, names: dict[str, str]) -> list[list[object]]:
    """Return what each party pays, with the sums below."""
    figures = ["apart_eur", "fair_eur", "saving_eur"]
    rows: list[list[object]] = [
        [
            names.get(owner, owner) if isinstance(owner, str) else "–",
            works,
            *(euros(amount, LANG) for amount in amounts),
        ]
        for owner, works, *amounts in shares[["owner", "works", *figures]].itertuples(index=False)
    ]
    return [*rows, [t("together"), shares["works"].sum(), *(euros(shares[name].sum(), LANG) for name in figures)]]


def _core(row: dict[str, object], names: dict[str, str]) -> str:
    """Say which group gains least in a bundle, or loses."""
    group = row["worst_group"]
    if not isinstance(group, str):
        return t("There is one party, so there is nothing to split.")
    told = " + ".join(names.get(name, name) for name in group.split(" + "))
    excess = int(row["worst_excess_eur"])  # type: ignore[call-overload]
    if row["in_core"]:
        return t("Everyone gains; least of all {group}: {amount}.", group=told, amount=euros(-excess, LANG))
    return t("{group} would pay {amount} less on its own.", group=told, amount=euros(excess, LANG))


def _plain(bundles: pd.DataFrame, split: pd.DataFrame) -> list[dict[str, object]]:
    """Return bundles with their shares as plain data; unknown is null."""
    columns = ["bundle", "year", "name", "in_core", "worst_group", "worst_excess_eur"]
    rows = bundles[columns].astype(object).where(bundles[columns].notna(), None).to_dict("records")
    shares = split.drop(columns="bundle").astype(object).where(split.drop(columns="bundle").notna(), None)
    parts = {name: part.to_dict("records") for name, part in shares.groupby(split["bundle"])}
    return [row | {"shares": parts[row["bundle"]]} for row in rows]
