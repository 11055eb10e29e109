"""Sentences in files: apart where they can be put together again, whole in every case."""

import json
from pathlib import Path

import numpy as np
import pytest

from mnistcore.errors import InvalidInputError
from mnistcore.files import as_kind
from mnistcore.runs.events import Damaged, Notice, append_event, read_events
from mnistcore.runs.folder import Run
from mnistcore.runs.kept_sentence import MOST_DEPTH, KeptSentence, filled, kept_sentence
from mnistcore.runs.status import RESERVED_BYTES, outcome_message, read_outcome, record_outcome
from mnistcore.sentences import Sentence
from tests.conftest import idle_run


@pytest.fixture
def run(runs_folder: Path) -> Run:
    return idle_run("first")


def test_a_sentence_comes_back_from_a_file_with_all_that_it_quotes(run: Run) -> None:
    reason = InvalidInputError("it is {size:,} bytes long", size=10**6)
    error = InvalidInputError("{file} is damaged: {reason}.", file="a.pt", reason=reason)

    record_outcome(run, "failed", error)
    append_event(run.metrics, Notice(**vars(kept_sentence(error))))

    outcome, (notice,) = read_outcome(run), read_events(run.metrics)
    for kept in (outcome, notice):
        assert isinstance(kept, KeptSentence)
        assert kept.message == "a.pt is damaged: it is 1,000,000 bytes long."
        assert kept.template == "{file} is damaged: {reason}."
        assert kept.values["reason"] == KeptSentence(
            "it is 1,000,000 bytes long", "it is {size:,} bytes long", {"size": 10**6}
        )


def test_files_of_before_that_hold_the_sentence_alone_are_read(run: Run) -> None:
    run.outcome.write_text('{"status": "failed", "message": "The disk is full."}')
    run.metrics.write_text('{"event": "Notice", "message": "A sentence.", "time": 1.0}\n')

    assert outcome_message(run) == "The disk is full."
    assert read_events(run.metrics) == [Notice("A sentence.")]


@pytest.mark.parametrize("told", [ValueError("cable {loose}"), "as it is", ""])
def test_any_other_text_is_kept_as_it_is(told: object) -> None:
    assert kept_sentence(told) == KeptSentence(str(told))


@pytest.mark.parametrize(
    ("value", "is_apart"),
    [(Path("a/b"), True), (np.int64(3), True), (OSError("no"), True), (None, True)],
)
def test_values_that_json_does_not_know_are_kept_as_text(value: object, is_apart: bool) -> None:
    kept = kept_sentence(InvalidInputError("It is {value}.", value=value))

    assert kept.message == f"It is {value}."
    assert bool(kept.template) == is_apart
    json.dumps(vars(kept))


def test_a_value_that_a_file_would_change_is_left_out() -> None:
    kept = kept_sentence(InvalidInputError("It is {value:,}.", value=np.int64(3000)))

    assert kept == KeptSentence("It is 3,000.")


def test_sentences_nested_without_end_are_cut_where_they_are_written(run: Run) -> None:
    told = Sentence("the end")
    for _ in range(3 * MOST_DEPTH):
        told = Sentence("see {other}", other=told)

    append_event(run.metrics, Notice(**vars(kept_sentence(told))))

    (notice,) = read_events(run.metrics)
    assert isinstance(notice, Notice)
    assert notice.message == str(told)


@pytest.mark.parametrize("depth", [MOST_DEPTH + 1, 500, 100_000])
def test_sentences_nested_without_end_are_refused_where_they_are_read(run: Run, depth: int) -> None:
    quoted = '{"values": {"a": ' * depth + "1" + "}}" * depth
    run.metrics.write_text(f'{{"event": "Notice", "time": 1.0, "values": {{"a": {quoted}}}}}\n')
    run.outcome.write_text(f'{{"status": "failed", "values": {{"a": {quoted}}}}}')

    assert read_events(run.metrics) == [Damaged()]
    assert "its outcome.json is damaged" in outcome_message(run)


@pytest.mark.parametrize("values", ["[]", '{"a": []}', '{"a": {"message": 7}}', "null"])
def test_parts_of_another_kind_are_refused(values: str) -> None:
    with pytest.raises(InvalidInputError, match="Expected"):
        as_kind({"message": "", "values": json.loads(values)}, KeptSentence)


def test_on_little_room_the_sentence_is_kept_and_its_parts_are_not(run: Run) -> None:
    long = "x" * (RESERVED_BYTES * 2 // 3)

    record_outcome(run, "failed", InvalidInputError("It is {long}.", long=long))

    outcome = read_outcome(run)
    assert outcome is not None
    assert (outcome.message, outcome.template) == (f"It is {long}.", "")


@pytest.mark.parametrize(
    ("template", "values"),
    [
        ("{a}", {"b": 1}),
        ("{a:,}", {"a": "x"}),
        ("{0}", {"a": 1}),
        ("{a:.0%}", {"a": 10**400}),
        ("{a:d}", {"a": None}),
        ("{a", {"a": 1}),
    ],
)
def test_values_that_do_not_fit_give_nothing(template: str, values: dict[str, object]) -> None:
    assert filled(template, values) is None
