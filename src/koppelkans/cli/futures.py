"""The command that samples futures for the programme of a finished run. (nl: toekomsten)."""

from pathlib import Path

from koppelkans import flow
from koppelkans.cli.voice import LANG, Voice, guarded, t
from koppelkans.ground.words import euros, number
from koppelkans.report import Plan

WORDS = {"silo": "Each party plans alone", "futures": "Sampling futures", "report": "Write map and reports"}
MOST = 15


def futures(*, out: Path, count: int | None, seed: int | None, as_json: bool, verbose: bool) -> None:
    """Sample futures for a finished run, tell what is firm, and renew the reports.

    It also tells what planning together saves.
    """
    voice = Voice(as_json=as_json, verbose=verbose)

    def sample() -> None:
        with voice.share(t("Start")) as tell:
            plan = flow.try_futures(
                out, count=count, seed=seed, progress=lambda share, step: tell(share, t(WORDS[step]))
            )
        _tell(voice, plan)
        voice.result(_plain(plan))

    guarded(voice, sample)


def _tell(voice: Voice, plan: Plan) -> None:
    """Print what came out."""
    value, table = plan.programme.value, plan.programme.firmness
    planned = table["year"].notna()

    def amount(name: str) -> str:
        found = value.get(f"futures_{name}_eur")
        return euros(None if found is None else float(found), LANG)

    rows = [
        (t("futures"), number(len(plan.programme.futures), LANG)),
        (t("planned works that are steady"), f"{(table['firm'] & planned).sum()} / {planned.sum()}"),
        (t("weighted cost as it stands (8 of 10 between)"), f"{amount('value_mean')} ({amount('value_p10')} – {amount('value_p90')})"),
        (t("weighted cost when planned again (8 of 10 between)"), f"{amount('replanned_mean')} ({amount('replanned_p10')} – {amount('replanned_p90')})"),
        (t("cheaper than each party alone, as it stands"), f"{amount('gain')} ± {amount('gain_error')}"),
        (t("cheaper than each party alone, planned again"), f"{amount('gain_replanned')} ± {amount('gain_replanned_error')}"),
    ]  # fmt: skip
    voice.table(t("Steady or fragile"), ["", ""], rows)
    names = plan.context.works.set_index("work")["name"]
    loose = table[planned & ~table["firm"]].sort_values(["share_kept", "work"]).head(MOST)
    fragile = [
        (names.get(row.work, row.work), row.year, f"{number(100 * row.share_kept, LANG)} %", "–" if row.most_likely_year is None or row.most_likely_year != row.most_likely_year else row.most_likely_year)
        for row in loose.astype(object).where(loose.notna(), None).itertuples()
    ]  # fmt: skip
    if fragile:
        voice.table(t("The most fragile works"), [t("work"), t("year"), t("keeps it"), t("most often in")], fragile)


def _plain(plan: Plan) -> dict[str, object]:
    """Return what came out, as plain data."""
    firm = plan.programme.firmness
    figures = {name: found for name, found in plan.programme.value.items() if name.startswith(("futures", "firm"))}
    works = firm.astype(object).where(firm.notna(), None).to_dict("records")
    return {"ok": True, **figures, "firmness": works, "samples": plan.programme.futures.to_dict("records")}
