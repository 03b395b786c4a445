"""All chains of the contract by name."""

from __future__ import annotations

from tests.contract.acting import ACTING
from tests.contract.keeping import KEEPING
from tests.contract.looking import LOOKING
from tests.contract.papers import PAPERS

CHAINS = {**LOOKING, **ACTING, **PAPERS, **KEEPING}
