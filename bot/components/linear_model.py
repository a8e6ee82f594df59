"""Multinomial logistic regression in its kernel form: some thousand sentences in seconds, however many features.

Features are only ever seen through K, the matrix of their inner products, so the size of the n-gram vocabulary costs
nothing; the weights of the features come back from the dual coefficients because every kernel used is linear.
"""

from __future__ import annotations

import os
from typing import Callable, Tuple

import numpy as np
from scipy.linalg import blas, cholesky, solve_triangular
from scipy.optimize import minimize, minimize_scalar
from threadpoolctl import threadpool_limits

_JITTER = 1e-3
_Product = Callable[[np.ndarray], np.ndarray]
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


def fit_features(rows: np.ndarray, labels: np.ndarray, classes: int, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (features, classes) and intercepts (classes): the same model as `fit` of rows @ rows.T.

    rows: (n, features). For some hundred features: then the features themselves are less work than the kernel.
    """
    with threadpool_limits(limits=os.cpu_count()):
        return _descend(
            labels,
            classes,
            strength,
            rows.shape[1],
            lambda weights: rows @ weights,
            lambda slope: rows.T @ slope,
        )


def _fit(kernel: np.ndarray, labels: np.ndarray, classes: int, strength: float) -> Tuple[np.ndarray, np.ndarray]:
    n = len(labels)
    lower = np.asfortranarray(cholesky(kernel + _JITTER * np.eye(n, dtype=kernel.dtype), lower=True))
    # A triangular product takes half the work of a full one.
    weights, intercepts = _descend(
        labels,
        classes,
        strength,
        n,
        lambda weights: blas.strmm(1.0, lower, weights, lower=1),
        lambda slope: blas.strmm(1.0, lower, slope, lower=1, trans_a=1),
    )
    return solve_triangular(lower, weights, lower=True, trans="T"), intercepts


def _descend(
    labels: np.ndarray, classes: int, strength: float, features: int, apply: _Product, apply_transposed: _Product
) -> Tuple[np.ndarray, np.ndarray]:
    """Weights (features, classes) and intercepts of least loss; the design matrix is only known by its products."""
    target = np.eye(classes, dtype=np.float32)[labels]

    def loss(flat: np.ndarray) -> Tuple[float, np.ndarray]:
        weights = flat.reshape(features + 1, classes).astype(np.float32)
        probabilities = softmax(apply(weights[:-1]) + weights[-1])
        errors = -np.log(probabilities[np.arange(len(labels)), labels] + 1e-12).sum()
        slope = strength * (probabilities - target)
        gradient = np.vstack([apply_transposed(slope) + weights[:-1], slope.sum(0, keepdims=True)])
        return float(strength * errors + 0.5 * (weights[:-1] ** 2).sum()), gradient.ravel().astype(np.float64)

    found = minimize(
        loss, np.zeros((features + 1) * classes), jac=True, method="L-BFGS-B", options={"maxiter": _STEPS, "ftol": 1e-6}
    )
    weights = found.x.reshape(features + 1, classes).astype(np.float32)
    return weights[:-1], weights[-1]


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
