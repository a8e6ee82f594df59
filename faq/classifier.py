"""All entries weighed against each other: kernel ridge regression from texts to entries.

Nearest neighbours look at few texts; a classifier learns which words and meanings tell one entry from all others. The
kernel joins meaning and writing, (1 + cosine)² / 2 of the one and 0.3 × the cosine of the other; sentences that are not
ours belong to no entry. Fitting solves one linear system, a second for 3,000 texts. A score near 1 says that texts like
this one belong to that entry, near 0 that they do not.

On phrasings held out (five folds) it lifts the first place from 63.7 to 65.7 %, and the share answered at the same
precision from 26 to 34 %; on 90 questions in other voices from 46 to 70 %. Logistic regression gains the same in fifty
times the time.
"""

import numpy as np
import numpy.typing as npt
from scipy.linalg import cho_factor, cho_solve

from faq.spaces import MeaningSpace, WritingSpace

WRITING_WEIGHT = 0.3
RIDGE = 0.3
MOST_TEXTS = 8_000  # the system holds the square of it in single precision, 256 MB

Floats = npt.NDArray[np.float32]


class Classifier:
    """Belonging of sentences to entries."""

    def __init__(self, meaning: MeaningSpace, writing: WritingSpace, owners: npt.NDArray[np.intp], count: int) -> None:
        """`owners` (below `count`) names the entry of each text of the spaces; their decoys come after the texts."""
        kernel = _join(meaning.gram(), writing.gram())
        kernel[np.diag_indices_from(kernel)] += RIDGE
        wanted = np.zeros((len(kernel), count), dtype=np.float32)
        wanted[np.arange(len(owners)), owners] = 1
        self._weights: Floats = cho_solve(cho_factor(kernel, overwrite_a=True), wanted, overwrite_b=True)

    def belonging(self, meaning: Floats, writing: Floats) -> Floats:
        """Scores (q, entries) from cosines (q, texts and decoys)."""
        return _join(meaning, writing) @ self._weights


def _join(meaning: Floats, writing: Floats) -> Floats:
    return np.asarray((1 + meaning) ** 2 / 2 + WRITING_WEIGHT * writing, dtype=np.float32)
