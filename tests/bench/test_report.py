"""The arithmetic and the wording of the bench, without starting anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.training import ROOT
from tests.bench.figures import Aim, Measure, percentile, trimmed_mean
from tests.bench.load import Loaded, Reply, Round, failures, plan, spread, times
from tests.bench.messages import GUIDE, PRACTICE, RESIDENT, Kind, lines
from tests.bench.processes import Spent
from tests.bench.report import Report, StepTable, as_json, as_text, columns, number, write_json
from tests.bench.run import read_options
from tests.bench.sides import OURS, Side, stock_config, stories
from tests.bench.steps import Inner, step_table
from tests.bench.stopwatch import Moment, Stopwatch
from tests.bench.training import Epochs, Training, read_epochs, untrained

OWN_CONFIG: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([7.0], 0.5, 7.0),
        ([7.0], 0.95, 7.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([1.0, 2.0], 0.5, 1.5),
        ([float(value) for value in range(101)], 0.95, 95.0),
        ([0.0, 10.0], 0.95, 9.5),
    ],
)
def test_a_percentile_lies_between_its_neighbours(values: list[float], share: float, expected: float) -> None:
    assert percentile(values, share) == pytest.approx(expected)


def test_no_values_have_no_percentile_and_no_mean() -> None:
    with pytest.raises(ValueError, match="no values"):
        percentile([], 0.5)
    with pytest.raises(ValueError, match="no values"):
        trimmed_mean([])


def test_a_trimmed_mean_leaves_the_slowest_tenth_out() -> None:
    assert trimmed_mean([1.0] * 9 + [1000.0]) == 1.0
    assert trimmed_mean([1.0, 3.0]) == 2.0


@pytest.mark.parametrize(
    ("measure", "ratio", "met"),
    [
        (Measure("reply", "ms", 30.0, 60.0, Aim(ratio=0.6)), 0.5, True),
        (Measure("reply", "ms", 36.0, 60.0, Aim(ratio=0.6)), 0.6, True),
        (Measure("reply", "ms", 60.0, 60.0, Aim(ratio=0.6)), 1.0, False),
        (Measure("reply", "ms", 60.0, None, Aim(ratio=0.6)), None, None),
        (Measure("reply", "ms", None, 60.0, Aim(ratio=0.6)), None, None),
        (Measure("reply", "ms", 30.0, 0.0, Aim(ratio=0.6)), None, None),
        (Measure("training", "s", 59.0, None, Aim(value=60.0)), None, True),
        (Measure("training", "s", 60.0, 600.0, Aim(value=60.0)), 0.1, False),
        (Measure("training", "s", None, 600.0, Aim(value=60.0)), None, None),
        (Measure("memory", "MB", 1.0, 2.0), 0.5, None),
    ],
)
def test_an_aim_is_judged_only_where_it_can_be(measure: Measure, ratio: float | None, met: bool | None) -> None:
    assert measure.ratio == ratio
    assert measure.is_met is met


def test_a_value_has_the_decimals_of_its_unit() -> None:
    assert [number(12.345, unit) for unit in ("s", "ms", "MB", "")] == ["12.3", "12.3", "12", "12.35"]
    assert number(None, "ms") == "-"


def test_columns_stand_under_each_other() -> None:
    assert (
        columns([("", "ours"), ("memory", "5"), ("a", "1234567")])
        == "           ours\nmemory        5\na       1234567"
    )


def report() -> Report:
    """One of everything."""
    return Report(
        {"date": "2026-01-05", "processor": "test"},
        [
            Measure("reply, one user, p50", "ms", 20.0, 80.0, Aim(ratio=0.6), (0.2, 0.31)),
            Measure("training", "s", 75.0, None, Aim(value=60.0)),
        ],
        [StepTable("ours", ("guide", "cpu"), {"embedding": (12.0, 11.0), "measured over the channel": (20.0, None)})],
        ["a note"],
    )


def test_the_report_for_people() -> None:
    assert as_text(report()) == (
        "date: 2026-01-05\n"
        "processor: test\n"
        "\n"
        "                           ours  stock  ratio     rounds     aim  met\n"
        "reply, one user, p50 (ms)  20.0   80.0   0.25  0.20-0.31  ≤ 0.60  yes\n"
        "training (s)               75.0      -      -             < 60 s   NO\n"
        "\n"
        "ours, ms per message       guide   cpu\n"
        "embedding                   12.0  11.0\n"
        "measured over the channel   20.0     -\n"
        "\n"
        "* a note\n"
    )


def test_the_report_for_programs(tmp_path: Path) -> None:
    write_json(report(), tmp_path / "report.json")
    written = (tmp_path / "report.json").read_text(encoding="utf-8")
    assert written == as_json(report())
    read = json.loads(written)
    assert read["measures"][0] == {
        "name": "reply, one user, p50", "unit": "ms", "ours": 20.0, "stock": 80.0, "ratio": 0.25,
        "spread": [0.2, 0.31], "aim": "≤ 0.60", "met": True,
    }  # fmt: skip
    assert read["measures"][1]["stock"] is None
    assert read["steps"][0]["rows"]["measured over the channel"] == [20.0, None]


# ------------------------------------------------------------------------------------------------ training


LOG = (
    "INFO  Starting to train component 'DIETClassifier'.\n"
    "Epochs:   0%|          | 0/3 [00:00<?, ?it/s]\r"
    "Epochs:  33%|███       | 1/3 [00:20<00:40, 20.1s/it, t_loss=9.1, i_acc=0.1]\r"
    "Epochs:  67%|██████    | 2/3 [00:30<00:15, 15.0s/it, t_loss=5.1, i_acc=0.4]\r"
    "Epochs: 100%|██████████| 3/3 [00:40<00:00, 13.3s/it, t_loss=3.0, i_acc=0.6]\n"
    "Processed trackers: 100%|██████████| 52/52 [00:00<00:00, 342.55it/s]\n"
    "Epochs:   0%|          | 0/3 [00:00<?, ?it/s]\r"
    "Epochs: 100%|██████████| 3/3 [1:00:03<00:00, 1201.0s/it, r_loss=3.0]\n"
)


def test_the_epochs_are_read_from_the_progress_bars() -> None:
    assert read_epochs(LOG) == (Epochs(3, 20, 40), Epochs(3, 3603, 3603))
    assert read_epochs("nothing of the kind") == ()


def test_an_estimate_counts_the_first_epoch_once() -> None:
    # 50 s beside the epochs, 20 s for the first and 10 s for each of the other 99.
    assert Training(Spent(90.0, 90.0), (Epochs(3, 20, 40),), ()).estimate(100) == 50 + 20 + 99 * 10
    assert Epochs(1, 7, 7).estimate(100) == 700
    assert Training(Spent(45.0, 45.0), (), ()).estimate(100) == 45


def test_what_was_not_trained_is_missing_in_the_archive() -> None:
    archived = ["components/train_DIETClassifier5/x.h5", "components/train_ResponseSelector7", "metadata.json"]
    assert untrained(stock_config(OWN_CONFIG, 1), archived) == ("UnexpecTEDIntentPolicy", "TEDPolicy")


def test_the_stock_configuration_is_the_default_of_rasa() -> None:
    config = stock_config(OWN_CONFIG, 7)
    names = [part["name"] for part in config["pipeline"]]
    assert names == [
        "WhitespaceTokenizer", "RegexFeaturizer", "LexicalSyntacticFeaturizer", "CountVectorsFeaturizer",
        "CountVectorsFeaturizer", "DIETClassifier", "EntitySynonymMapper", "ResponseSelector", "FallbackClassifier",
    ]  # fmt: skip
    assert config["pipeline"][-1] == {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1}
    policies = ["MemoizationPolicy", "RulePolicy", "UnexpecTEDIntentPolicy", "TEDPolicy"]
    assert [part["name"] for part in config["policies"]] == policies
    neural = [part for part in (*config["pipeline"], *config["policies"]) if "epochs" in part]
    assert [part["epochs"] for part in neural] == [7] * 4
    assert (config["language"], config["importers"]) == ("nl", OWN_CONFIG["importers"])


def test_conversation_tests_become_stories_without_the_words() -> None:
    asked: dict[str, Any] = {"user": "hoeveel mensen komen er", "intent": "faq", "entities": [{"n": "1"}]}
    tested: list[dict[str, Any]] = [
        {
            "story": "one",
            "steps": [asked, {"action": "action_answer_resident"}, {"slot_was_set": [{"awaiting": "helped"}]}],
        },
        {"story": "words alone", "steps": [{"user": "hallo"}]},
    ]
    assert stories(tested) == [
        {
            "story": "one",
            "steps": [
                {"intent": "faq", "entities": [{"n": "1"}]},
                {"action": "action_answer_resident"},
                {"slot_was_set": [{"awaiting": "helped"}]},
            ],
        }
    ]


def test_only_stock_gets_more_than_the_data_of_the_project() -> None:
    assert OURS.data == (ROOT / "data",)
    assert Side("stock", 100).data[0] == ROOT / "data"
    assert len(Side("stock", 100).data) == 2


# ------------------------------------------------------------------------------------------------ load


def test_the_messages_differ_and_are_said_round_and_round() -> None:
    assert len(set(GUIDE)) == len(GUIDE) == len(set(RESIDENT)) == len(RESIDENT) == 40
    assert lines(Kind.PRACTICE, len(PRACTICE) - 1, 2) == (PRACTICE[-1], PRACTICE[0])


@pytest.mark.parametrize(("messages", "users"), [(200, 8), (40, 8), (10, 3), (1, 8), (200, 1)])
def test_the_rounds_are_bounded_and_hold_both_roles(messages: int, users: int) -> None:
    rounds = plan(messages, users)
    alone = [each for each in rounds if each.kinds in ((Kind.GUIDE,), (Kind.RESIDENT,))]
    assert {each.kinds[0] for each in alone} == {Kind.GUIDE, Kind.RESIDENT}
    assert len(alone) == max(2, -(-messages // 5))
    assert any(each.kinds == (Kind.PRACTICE,) for each in rounds)
    assert [each.number for each in rounds] == list(range(len(rounds)))
    together = [each for each in rounds if each.users == users]
    assert together
    if users > 1:
        assert 5 * users * len(together) <= max(messages, 5 * users) + 5 * users


def replies(side: str, round_: int, *milliseconds: float, users: int = 1, failed: bool = False) -> list[Reply]:
    """Replies to guide questions."""
    return [Reply(side, round_, users, Kind.GUIDE, value / 1000, failed) for value in milliseconds]


def test_replies_that_failed_are_told_but_not_timed() -> None:
    all_replies = replies("ours", 0, 10, 20) + replies("ours", 0, 5, failed=True) + replies("ours", 1, 90, users=8)
    assert times(all_replies, "ours", 1, [Kind.GUIDE]) == pytest.approx([10, 20])
    assert failures(all_replies, "ours") == {Kind.GUIDE: (1, 4)}
    assert failures(all_replies, "stock") == {}


def test_the_spread_is_that_of_the_rounds() -> None:
    two = replies("ours", 0, 10) + replies("stock", 0, 100) + replies("ours", 1, 30) + replies("stock", 1, 100)
    assert spread(two, ("ours", "stock"), 1, [Kind.GUIDE]) == pytest.approx((0.1, 0.3))
    assert spread(two[:2], ("ours", "stock"), 1, [Kind.GUIDE]) is None


def test_processor_time_is_shared_out_over_the_replies_of_one_user() -> None:
    found = Loaded(replies("ours", 0, 10, 10) + replies("ours", 1, 10, users=8), {"ours": 0.05, "stock": 0.0})
    assert found.per_reply("ours") == pytest.approx(25)
    assert found.per_reply("stock") is None


def test_a_round_has_a_user_for_each_kind() -> None:
    assert Round(0, (Kind.GUIDE, Kind.RESIDENT)).users == 2


# ------------------------------------------------------------------------------------------------ steps


def test_a_step_does_not_count_the_steps_inside_it() -> None:
    moments = iter([Moment(clock, clock / 2) for clock in (0.0, 2.0, 5.0, 6.0)])
    watch = Stopwatch(lambda: next(moments))
    with watch.step("outer"), watch.step("inner"):
        assert watch.current == "inner"
    assert watch.take() == {"outer": Moment(3.0, 1.5), "inner": Moment(3.0, 1.5)}
    assert watch.take() == {}


def test_the_steps_add_up_to_the_measured_reply() -> None:
    message = {"embedding": Moment(0.010, 0.009), "Rasa itself": Moment(0.005, 0.005), "tiny": Moment(1e-6, 1e-6)}
    table = step_table(OURS, Inner({"guide": [message] * 3}, []), {"guide": [20.0] * 3})
    assert table.columns == ("guide", "cpu")
    assert list(table.rows) == [
        "embedding", "Rasa itself", "other components", "sum of the steps", "measured over the channel",
        "HTTP channel (the difference)",
    ]  # fmt: skip
    assert table.rows["sum of the steps"] == pytest.approx((15.001, 14.001))
    assert table.rows["HTTP channel (the difference)"][0] == pytest.approx(4.999)
    assert table.rows["HTTP channel (the difference)"][1] is None


def test_a_long_talk_is_compared_with_its_beginning() -> None:
    talk = [{"seconds": 9.0, "bytes": 9e6}] + [{"seconds": 0.02, "bytes": 5000.0}] * 39
    talk += [{"seconds": 0.08, "bytes": 90000.0}] * 10
    assert Inner({}, talk).slow_down() == pytest.approx((20, 5, 80, 90))


# ------------------------------------------------------------------------------------------------ command line


def test_quick_sets_only_what_was_not_given() -> None:
    quick = read_options(["--quick", "--epochs", "5"])
    assert (quick.messages, quick.epochs, quick.starts, quick.users) == (40, 5, 1, 8)
    assert read_options([]).messages == 200


def test_a_number_below_one_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        read_options(["--messages", "0"])
    assert "--messages must be at least 1" in capsys.readouterr().err


def test_nothing_of_a_side_is_outside_the_folder_of_the_bench() -> None:
    side = Side("ours")
    written = (side.folder, side.config, side.model, side.endpoints, side.settings.var_dir, side.log("rasa"))
    assert all(path.is_relative_to(ROOT / "var" / "bench") for path in written)
    assert str(side.settings.var_dir) in side.settings.database_url
    assert side.environment["DIALOOGCOACH_VAR_DIR"] == str(side.settings.var_dir)
