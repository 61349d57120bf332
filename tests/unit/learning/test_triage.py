"""Suggestions: learned from how cases ended, silent where in doubt, and without anybody's words in the model."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.heard import heard, syllables, ways
from chalicelib.domain.triage import FIELD, HOLDER, KIND, NEVER, Model, guess
from chalicelib.domain.triage_training import EXAMPLES, FEWEST, SENDERS, SURE, score, train

from .lessons import lessons


@pytest.fixture(scope="module")
def model() -> Model:
    return train(lessons(400))


class TestHeard:
    def test_marks_case_and_shorthand_make_no_difference(self) -> None:
        assert syllables("Tôi KHÔNG được đổi GPLX") == syllables("toi ko dc doi giay phep lai xe")

    def test_figures_addresses_and_marks_of_redaction_are_not_heard(self) -> None:
        said = heard("Gọi 0912345678 hoặc hoa@example.com, số nhà 12b, [số điện thoại] nhé")
        assert not any(any(letter.isdigit() for letter in word) for word in said)
        assert "dien thoai" not in said
        assert "goi" in said

    def test_words_are_given_back_as_they_were_written(self) -> None:
        assert ways("Bằng lái, BẰNG LÁI; bang lai xe", ("bang", "lai")) == ["bằng lái", "bằng lái", "bang lai"]
        assert ways("mất điện", ("bang", "lai")) == []

    def test_what_was_chosen_is_heard_beside_the_words(self) -> None:
        assert {"=kind:report.conduct", "=field:dien"} <= set(heard("mất điện", kind="report.conduct", field="dien"))


class TestSuggestions:
    def test_the_final_holder_is_suggested_with_the_words_that_spoke_for_it(self, model: Model) -> None:
        """Given licences that the police settled though their field is another's, it is the police, for these words."""
        found = guess(model.tasks[HOLDER], heard("nhờ anh chị chỉ giúp việc cấp lại bằng lái xe"))
        assert found is not None
        assert (found.label, found.sure) == ("cong_an_tinh", True)
        assert any("lai" in word for word in found.words)
        assert found.confidence >= SURE

    def test_strange_words_make_nobody_sure(self, model: Model) -> None:
        """What it never heard, it does not guess at; half a known word in a long strange text is not enough."""
        strange = "nuoi ong mat o vuon nha bac hang xom bi ruong dong lam hu hoa mau vu nay kho nhoc qua chung"
        assert guess(model.tasks[FIELD], heard(strange)) is None or not guess(model.tasks[FIELD], heard(strange)).sure  # type: ignore[union-attr]
        mixed = guess(model.tasks[FIELD], heard(f"{strange} {strange.replace('ong', 'trau')} điện"))
        assert mixed is None or not mixed.sure

    def test_what_was_chosen_alone_says_nothing(self, model: Model) -> None:
        assert guess(model.tasks[FIELD], heard("", kind="question", field="dien")) is None

    def test_a_kind_goes_with_what_a_report_is_about(self, model: Model) -> None:
        found = guess(model.tasks[KIND], heard("Cán bộ gây phiền hà, hồ sơ quá hẹn đã lâu"))
        assert found is not None
        assert found.label == "report.conduct"


class TestLearning:
    def test_no_word_of_few_senders_is_in_the_model(self, model: Model) -> None:
        """Names, villages, numbers in words: what fewer than SENDERS people said is in no file."""
        known = {word for task in model.tasks.values() for word in task.weights}
        assert known
        assert not any("qx" in word for word in known)
        said: dict[str, set[str]] = {}
        for lesson in lessons(400):
            for word in lesson.said:
                said.setdefault(word, set()).add(lesson.sender)
        assert min(len(said[word]) for word in known) >= SENDERS

    def test_one_sender_cannot_teach_a_word(self) -> None:
        """Who writes a hundred times of the same neighbour puts the neighbour's name into no model."""
        made = lessons(300)
        loud = [replace(one, said=tuple(sorted({*one.said, "quynhx"})), sender="same") for one in made[:100]]
        model = train([*loud, *made[100:]])
        assert not any("quynhx" in task.weights for task in model.tasks.values())

    def test_learning_again_gives_the_same(self) -> None:
        assert train(lessons(250)) == train(lessons(250))

    def test_of_too_few_nothing_is_learned(self) -> None:
        assert train(lessons(FEWEST - 1)) == Model({})
        assert train([]) == Model({})

    def test_of_one_class_nothing_is_learned(self) -> None:
        """Where everything came to the same, to foretell it is to know nothing."""
        made = [replace(one, truth=one.truth | {FIELD: "dien", HOLDER: "dien_luc"}) for one in lessons(300)]
        assert set(train(made).tasks) == {KIND}

    def test_a_class_of_few_is_never_told(self) -> None:
        rare = [replace(one, truth=one.truth | {HOLDER: "don_vi_moi"}) for one in lessons(EXAMPLES - 1, seed=9)]
        model = train([*lessons(300), *rare])
        assert "don_vi_moi" not in model.tasks[HOLDER].labels

    @pytest.mark.parametrize(
        "text", ["", " ", "…!?", "0900000001", "a" * 5000, "không " * 2000, "\u0000\uffff", "🙏" * 300]
    )
    def test_what_says_nothing_makes_nobody_sure(self, model: Model, text: str) -> None:
        for task in model.tasks.values():
            found = guess(task, heard(text))
            assert found is None or not found.sure

    def test_where_the_trial_fails_it_never_speaks(self) -> None:
        """Truths thrown at random cannot be foretold: the threshold is one that is never reached."""
        made = lessons(400)
        shuffled = [replace(one, truth=made[(place * 7 + 3) % 400].truth) for place, one in enumerate(made)]
        assert {task.least for task in train(shuffled).tasks.values()} == {NEVER}

    def test_the_score_counts_what_was_told_and_what_was_right(self, model: Model) -> None:
        found = score(model, lessons(200, seed=2))[FIELD]
        assert found.cases == 200
        assert found.told <= found.cases
        assert found.right >= 0.95 * found.told > 0
        wrong = [replace(one, truth={FIELD: "khac"}) for one in lessons(200, seed=2)]
        assert score(model, wrong)[FIELD].right == 0
        assert score(Model({}), wrong) == {}
