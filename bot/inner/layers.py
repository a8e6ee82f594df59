"""The first layers of the encoder: the network of BERT as far as wanted (Devlin et al. 2018, arXiv:1810.04805)."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

import numpy as np
from blis.py import gemm

from bot.inner.packed import Packed, unpack

_ROWS_AT_ONCE = 1_024


class Layers:
    """Runs sentences, given as numbers of pieces, through `depth` layers; 7 MB a layer."""

    def __init__(self, packed: Packed, depth: int) -> None:
        shape = packed.shape
        if not 0 < depth <= shape.layers:
            raise ValueError(f"the encoder has {shape.layers} layers, {depth} are asked for")
        self._packed, self.width, self._heads = packed, shape.hidden, shape.heads
        self.longest = shape.positions - 2  # beside the beginning and the end
        self._words = packed.blocks("emb.word", shape.hidden)  # stay in the file: 384 MB otherwise
        self._places = packed.floats("emb.pos").reshape(-1, shape.hidden) + packed.floats("emb.type")[: shape.hidden]
        self._first = {part: packed.floats(f"emb.ln.{part}") for part in "wb"}
        self._layers = [self._layer(number) for number in range(depth)]

    def _layer(self, number: int) -> Dict[str, Any]:
        shape, name = self._packed.shape, f"l{number}"
        widths = {"ao": shape.hidden, "fi": shape.hidden, "fo": shape.inner}
        asked = [unpack(self._packed.blocks(f"{name}.{part}.w", shape.hidden)) for part in "qkv"]
        layer = {part: unpack(self._packed.blocks(f"{name}.{part}.w", width)) for part, width in widths.items()}
        layer["qkv"] = np.concatenate(asked)  # one product instead of three
        layer["qkv.b"] = np.concatenate([self._packed.floats(f"{name}.{part}.b") for part in "qkv"])
        layer.update({f"{part}.b": self._packed.floats(f"{name}.{part}.b") for part in widths})
        layer.update(
            {f"{part}.{half}": self._packed.floats(f"{name}.{part}.{half}") for part in ("aln", "oln") for half in "wb"}
        )
        return layer

    def read(self, sentences: Sequence[Sequence[int]]) -> List[np.ndarray]:
        """For each sentence (pieces, width), float32: what the last of the layers makes of its pieces.

        A sentence is read with its beginning and end, which are left out of the answer, and as far as `longest`.
        """
        out: List[np.ndarray] = []
        batch: List[List[int]] = []
        for sentence in sentences:
            batch.append([self._packed.pieces.bos, *sentence[: self.longest], self._packed.pieces.eos])
            if sum(map(len, batch)) >= _ROWS_AT_ONCE:
                out += self._read(batch)
                batch = []
        return out + self._read(batch)

    def _read(self, batch: List[List[int]]) -> List[np.ndarray]:
        if not batch:
            return []
        ends = np.cumsum([len(row) for row in batch])
        bounds = list(zip([0, *ends[:-1]], ends, strict=True))
        rows = unpack(self._words[np.concatenate(batch)])
        rows += self._places[np.concatenate([np.arange(len(row)) for row in batch])]
        rows = self._normed(rows, self._first["w"], self._first["b"])
        for layer in self._layers:
            heard = gemm(self._attended(_times(rows, layer, "qkv"), bounds), layer["ao"], trans2=True) + layer["ao.b"]
            rows = self._normed(rows + heard, layer["aln.w"], layer["aln.b"])
            told = _times(_gelu(_times(rows, layer, "fi")), layer, "fo")
            rows = self._normed(rows + told, layer["oln.w"], layer["oln.b"])
        return [rows[start + 1 : end - 1] for start, end in bounds]

    def _attended(self, asked: np.ndarray, bounds: Any) -> np.ndarray:
        out = np.empty((len(asked), self.width), dtype=np.float32)
        deep = self.width // self._heads
        for start, end in bounds:  # no piece looks into another sentence
            parts = asked[start:end].reshape(end - start, 3, self._heads, deep)
            query, key, value = parts.transpose(1, 2, 0, 3)
            scores = query @ key.transpose(0, 2, 1) / np.sqrt(np.float32(deep))
            scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
            scores /= scores.sum(axis=-1, keepdims=True)
            out[start:end] = (scores @ value).transpose(1, 0, 2).reshape(end - start, self.width)
        return out

    def _normed(self, rows: np.ndarray, weights: np.ndarray, biases: np.ndarray) -> np.ndarray:
        rows = rows - rows.mean(axis=1, keepdims=True)
        spread = np.sqrt(np.square(rows).mean(axis=1, keepdims=True) + self._packed.epsilon)
        return rows / spread * weights + biases


def _times(rows: np.ndarray, layer: Dict[str, Any], part: str) -> np.ndarray:
    # blis comes with spaCy. The OpenBLAS in numpy 1.23 takes new processors for old ones: two to three times as long.
    return gemm(rows, layer[part], trans2=True) + layer[f"{part}.b"]


def _gelu(rows: np.ndarray) -> np.ndarray:
    """By the tangent (Hendrycks & Gimpel 2016, arXiv:1606.08415): a tenth of the time of the error function."""
    inner = rows * rows
    inner *= np.float32(0.044715)
    inner += 1
    inner *= rows
    inner *= np.float32(0.7978845608)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= rows
    inner *= np.float32(0.5)
    return inner
