"""Multinomial logistic regression in its kernel form: some thousand sentences in seconds, however many features.

Features are only ever seen through K, the matrix of their inner products, so the size of the n-gram vocabulary costs
nothing; the weights of the features come back from the dual coefficients because every kernel used is linear.
"""

from __future__ import annotations

import os
from typing import Tuple

import numpy as np
from scipy.linalg import blas, cholesky, solve_triangular
from scipy.optimize import minimize, minimize_scalar
from threadpoolctl import threadpool_limits

_JITTER = 1e-3
_STEPS = 40
"""L-BFGS steps: some thousand sentences then read as well as after full convergence, in half the time."""


def fit(kernel: np.ndarray, labels: np.ndarray, classes: int, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    """Dual coefficients (n, classes) and intercepts (classes): scores of x are k(x, training) @ dual + intercepts.

    kernel: (n, n) inner products; labels: (n,) class numbers; strength: how much the errors weigh against the
    size of the weights (C of scikit-learn's LogisticRegression).
    """
    # The encoder wants one thread (a message is short); here every core helps.
    with threadpool_limits(limits=os.cpu_count()):
        return _fit(kernel.astype(np.float32, copy=False), labels, classes, strength)


def _fit(kernel: np.ndarray, labels: np.ndarray, classes: int, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    n = len(labels)
    lower = np.asfortranarray(cholesky(kernel + _JITTER * np.eye(n, dtype=kernel.dtype), lower=True))
    target = np.eye(classes, dtype=kernel.dtype)[labels]

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        weights = flat.reshape(n + 1, classes).astype(kernel.dtype)
        # A triangular product takes half the work of a full one.
        logits = blas.strmm(1.0, lower, weights[:-1], lower=1) + weights[-1]
        probabilities = softmax(logits)
        errors = -np.log(probabilities[np.arange(n), labels] + 1e-12).sum()
        slope = strength * (probabilities - target)
        pulled = blas.strmm(1.0, lower, slope, lower=1, trans_a=1)
        gradient = np.vstack([pulled + weights[:-1], slope.sum(0, keepdims=True)])
        return float(strength * errors + 0.5 * (weights[:-1] ** 2).sum()), gradient.ravel().astype(np.float64)

    found = minimize(
        loss, np.zeros((n + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "ftol": 1e-6}
    )
    weights = found.x.reshape(n + 1, classes)
    dual = solve_triangular(lower, weights[:-1].astype(kernel.dtype), lower=True, trans="T")
    return dual, weights[-1].astype(np.float32)


def softmax(logits: np.ndarray) -> np.ndarray:
    """Rows of probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def held_out_logits(
    kernel: np.ndarray, labels: np.ndarray, classes: int, strength: float, parts: int, seed: int = 0
) -> Tuple[np.ndarray, np.ndarray]:
    """(which, scores): one of `parts` stratified parts of the sentences, and its scores (len(which), classes) from a
    model of the others. One part is enough for one number, the temperature, and costs one fit instead of `parts`."""
    rank = np.empty(len(labels), dtype=int)
    order = np.random.default_rng(seed).permutation(len(labels))
    for label in range(classes):
        mine = order[labels[order] == label]
        rank[mine] = np.arange(len(mine)) + label
    out = rank % parts == 0
    dual, intercepts = fit(kernel[np.ix_(~out, ~out)], labels[~out], classes, strength)
    return np.flatnonzero(out), kernel[np.ix_(out, ~out)] @ dual + intercepts


def best_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The number the scores are divided by so that confidence is as often right as it says (least log loss)."""

    def log_loss(log_temperature: float) -> float:
        probabilities = softmax(logits / np.exp(log_temperature))
        return float(-np.log(probabilities[np.arange(len(labels)), labels] + 1e-12).mean())

    return float(np.exp(minimize_scalar(log_loss, bounds=(-2.5, 2.5), method="bounded").x))
