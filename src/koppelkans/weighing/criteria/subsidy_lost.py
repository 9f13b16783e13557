"""Subsidy that lapses where the work comes after the deadline of its purse. (nl: subsidie die anders vervalt)."""

import pandas as pd

from koppelkans.rules.purse_sorts import sort_of
from koppelkans.rules.purses import shares_paid
from koppelkans.weighing.criterion import Criterion, Evidence, answer


def measure(evidence: Evidence) -> pd.DataFrame:
    """Return the grant money that the work can still get before the deadlines.

    Together at most its cost; 0 where no grant can pay it. Budget and demands on the share of others are left to the
    financing mix. Unknown where a grant could pay a work of unknown cost.
    """
    works = evidence.works
    first = works["earliest_year"].clip(lower=evidence.years.first)
    grants = [one for one in evidence.funds if one.last_year is not None and (sort := sort_of(one)) and sort.gift]
    lost = pd.Series(0.0, index=works.index)
    for grant in grants:
        could = shares_paid(works, grant).where(first <= grant.last_year, 0.0)
        limits = [limit for limit in (grant.most_per_work_eur, grant.most_eur) if limit is not None]
        paid = (could * works["cost_eur"]).clip(upper=min(limits, default=None))
        lost += paid.where(could > 0, 0.0)
    return answer(evidence, lost.clip(upper=works["cost_eur"].fillna(lost)), "derived")


SUBSIDY_LOST = Criterion(
    name="subsidy_lost",
    nl="subsidie die anders vervalt",
    en="subsidy lost if later",
    ground="financing",
    unit="eur",
    unit_nl="eur",
    better="more",
    formula=r"\min\Big\{c_w,\ \sum_{f\ \text{grant} : \max(e_w, t_0) \le D_f} \min\{\sigma_{wf}\, c_w,\ m_f\}\Big\}",
    source="settings.funds of a sort that is a grant (subsidie), with last_year, share, kinds, most_per_work_eur and most_eur",
    measure=measure,
)
