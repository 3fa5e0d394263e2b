"""Fits the weights of FAQ matching: python -m bot.nlu.train_matching

Learns from the phrasings in data/nlu and from the example FAQs in bot/content/training/faq with the queries beside
them (`id` empty: no entry answers it). The FAQ of a municipality is never needed: its entries work as they come.
Writes bot/content/models/faq_matching.npz and .json. A minute or two; the second time embeddings are cached. With
`--left-out` it writes nothing and prints how each example fares when nothing was fitted on it, in a few minutes.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from bot.domain.faq import FaqEntry
from bot.domain.faq_csv import decode_csv, parse_faq_csv
from bot.domain.matching.index import FaqIndex, texts_of
from bot.domain.matching.judging import KIND_NAMES, MESSAGE_GROUPS, RIGHT_NAMES, judge_features, kind_features
from bot.domain.matching.message import Embed, Message, read_message
from bot.domain.matching.model import MatchModel, Numbers, Weights, row
from bot.domain.matching.ranking import RANK_NAMES, rank_features
from bot.domain.matching.sentences import windows
from bot.domain.matching.space import Space
from bot.domain.matching.words import terms, words
from bot.domain.resident.decision import Decision, Outcome
from bot.domain.resident.predicting import judge
from bot.domain.understanding import Understanding
from bot.nlu.features import Meaning
from bot.nlu.nearest import NearestPhrasings
from bot.storage.matching_model import CONCEPTS, CONTENT, SPACE, WEIGHTS, read_vocabulary, write_space, write_weights

PHRASINGS: Final = tuple(
    Path("data/nlu", f"{name}.yml")
    for name in (
        "faq",
        "faq_voices",
        "faq_forty_voices",
        "emergencies",
        "side_issues",
        "telling",
        "resident_other",
        "resident_other_forty_voices",
    )
)
EXAMPLES: Final = CONTENT / "training" / "faq"
OWN_FAQ: Final = CONTENT / "municipality" / "faq.csv"
"""Stands in where a folder of examples has queries but no faq.csv of its own."""
HELD_OUT: Final = Path("tests/heldout/faq")
"""A municipality that nothing is fitted on."""

GROUP_STRENGTH: Final = 10.0
RANK_PENALTY: Final = 0.02
RIGHT_STRENGTH: Final = 0.05
KIND_STRENGTH: Final = 0.1
LEFT_OUT_WEIGHT: Final = 0.1
"""Queries whose entry is taken away count for this much: another municipality may lack any entry."""
UNANSWERABLE_WEIGHT: Final = 3.5
"""Queries near an entry that does not answer them count for more: they are what is hardest to tell, and costs trust."""
ELSEWHERE_WEIGHT: Final = 2.0
"""So do political questions and by-catch that no entry is about."""
COMMON_UNANSWERABLE: Final = 2.5
"""How many more unanswerable questions than among the examples the chance of being right allows for."""
QUERY_WEIGHT: Final = 4.0
"""For kinds of message, a query beside a FAQ counts for four phrasings: it looks like what really comes in."""
FOLDS: Final = 5
KEPT: Final = 40
"""As many intents as the trained model hands on."""

SHARES: Final = (
    ("unanswerable_answered", "unanswerable", Outcome.ANSWER),
    ("political_answered", "political", Outcome.ANSWER),
    ("side_issue_answered", "bijvangst", Outcome.ANSWER),
    ("political_recognised", "political", Outcome.POLITICAL),
    ("side_issue_recognised", "bijvangst", Outcome.SIDE_ISSUE),
    ("emergency_recognised", "emergency", Outcome.EMERGENCY),
    ("abuse_recognised", "abuse", Outcome.ABUSE),
    ("smalltalk_recognised", "chitchat", Outcome.SMALLTALK),
)
"""Figures over queries that no entry answers: name, kind of query, outcome counted."""
JUDGED_KINDS: Final = ("factual", "unanswerable", "political", "bijvangst")
KIND_OF: Final = {"factual": "faq", "unanswerable": "faq", "political": "political_question", "bijvangst": "side_issue",
                  "chitchat": "smalltalk", "abuse": "abuse", "emergency": "emergency"}  # fmt: skip


@dataclass(frozen=True)
class Query:
    """What somebody asked beside a FAQ. entry: id of what answers it, None when nothing does."""

    text: str
    entry: str | None
    kind: str


Decided = list[tuple[Query, Decision]]


@dataclass(frozen=True)
class Example:
    """A FAQ with queries."""

    name: str
    entries: tuple[FaqEntry, ...]
    queries: tuple[Query, ...]


@dataclass(frozen=True)
class Ranked:
    """A query against an index: one row of features for each entry, and which entry is right (-1: none)."""

    index: FaqIndex
    message: Message
    rows: Numbers
    right: int
    kind: str
    weight: float = 1.0

    @property
    def elsewhere(self) -> bool:
        """Whether it is about a choice, or something beside the location, that no entry was written about."""
        return self.right < 0 and self.weight == 1.0 and self.kind in ("political", "bijvangst")


@dataclass(frozen=True)
class Judged:
    """What was found for a municipality's queries: one row of features for each, and whether the first entry is right.

    rows: shape (n, f). right, weight: shape (n,); so are unanswerable, near an entry that does not answer it, and
    elsewhere, political or by-catch without an entry. Small talk and the like are not asked about.
    """

    rows: Numbers
    right: NDArray[np.bool_]
    unanswerable: NDArray[np.bool_]
    elsewhere: NDArray[np.bool_]
    weight: Numbers

    @classmethod
    def of(cls, found: Sequence[tuple[Ranked, Numbers]]) -> Judged:
        """From queries with the scores of their entries."""
        used = [(each, scores) for each, scores in found if each.kind in JUDGED_KINDS]
        features = [judge_features(each.index, each.message, each.rows, scores) for each, scores in used]
        return cls(
            rows=np.concatenate([row(each, RIGHT_NAMES) for each in features]),
            right=np.array([each.right >= 0 and int(np.argmax(scores)) == each.right for each, scores in used]),
            unanswerable=np.array([each.kind == "unanswerable" for each, _ in used]),
            elsewhere=np.array([each.elsewhere for each, _ in used]),
            weight=np.array([each.weight for each, _ in used]),
        )

    def weights(self, unanswerable: float, elsewhere: float = 1.0) -> Numbers:
        """How much each query counts when those two kinds count so much more."""
        return self.weight * np.select([self.unanswerable, self.elsewhere], [unanswerable, elsewhere], 1.0)


def read_phrasings(paths: Sequence[Path] = PHRASINGS) -> tuple[list[str], list[str]]:
    """Texts and their full intent names."""
    texts, intents = [], []
    for path in paths:
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            for line in item["examples"].splitlines():
                if line.strip().startswith("- "):
                    texts.append(line.strip()[2:].strip())
                    intents.append(item["intent"])
    return texts, intents


def read_example(folder: Path, faq: Path | None = None) -> Example:
    """A folder with queries.jsonl and a FAQ. Raises ValueError for a query whose entry is not in the FAQ."""
    path = faq or (folder / "faq.csv" if (folder / "faq.csv").is_file() else OWN_FAQ)
    entries = parse_faq_csv(decode_csv(path.read_bytes()))
    known = {entry.id for entry in entries}
    queries = []
    for number, line in enumerate((folder / "queries.jsonl").read_text(encoding="utf-8").splitlines(), start=1):
        stored = json.loads(line)
        if stored["id"] is not None and stored["id"] not in known:
            raise ValueError(f"{folder}/queries.jsonl, line {number}: {path} has no entry '{stored['id']}'")
        queries.append(Query(stored["q"], stored["id"], stored["kind"]))
    return Example(folder.name, entries, tuple(queries))


def group_of(intent: str) -> str:
    """The kind of message behind an intent."""
    return intent.partition("/")[0]


def fit_space(vectors: NDArray[np.float32], intents: Sequence[str], wholes: NDArray[np.float32]) -> Space:
    """Means, question types and kinds of message, from phrasings, shape (n, 384), and entries, shape (m, 384)."""
    types = tuple(sorted({name.partition("/")[2] for name in intents if name.startswith("faq/")}))
    of_type = np.array([types.index(name.partition("/")[2]) if name.startswith("faq/") else -1 for name in intents])
    order = np.argsort(of_type, kind="stable")[np.count_nonzero(of_type < 0) :]
    meaning = Meaning.fit(vectors[order], of_type[order])
    mean = vectors.mean(axis=0)
    kinds = [group_of(intent) for intent in intents]
    # By the root of how many there are: even weights would take plain questions for small talk, none would miss the rare.
    weights = {kind: count**-0.5 for kind, count in Counter(kinds).items()}
    scale = len(kinds) / sum(weights[kind] for kind in kinds)
    groups = LogisticRegression(
        C=GROUP_STRENGTH, max_iter=500, class_weight={kind: scale * weight for kind, weight in weights.items()}
    ).fit(vectors - mean, kinds)
    at = [list(groups.classes_).index(name) for name in MESSAGE_GROUPS]
    by_group = groups.coef_[at].astype(np.float32)
    return Space(
        query_mean=mean.astype(np.float32),
        entry_mean=wholes.mean(axis=0).astype(np.float32),
        types=types,
        type_mean=meaning.mean,
        type_matrix=meaning.matrix,
        type_phrasings=meaning.of(vectors[order]),
        type_starts=np.searchsorted(of_type[order], np.arange(len(types))),
        groups=MESSAGE_GROUPS,
        group_weights=by_group,
        group_bias=(groups.intercept_[at] - by_group @ mean).astype(np.float32),
    )


def commonness_of(texts: Sequence[str]) -> dict[str, float]:
    """For each stem the share of texts that hold it; those in fewer than two are left out."""
    seen = Counter(term for text in texts for term in set(terms(text)))
    return {term: n / len(texts) for term, n in seen.items() if n > 1}


class Trainer:
    """Holds what every step needs: the phrasings, an embedder, a classifier that never saw the queries."""

    def __init__(self, embed: Embed, texts: Sequence[str], intents: Sequence[str], examples: Sequence[Example]) -> None:
        self.texts, self.intents, self.examples = list(texts), list(intents), list(examples)
        self.embed = _all_at_once(embed, self._every_text())
        self.vectors = np.asarray(embed(self.texts), dtype=np.float32)
        self.classifier = NearestPhrasings.fit(self.texts, self.intents, self.vectors)
        self.commonness = commonness_of(self.texts)
        wholes = np.concatenate([self.vectors_of(example)[1] for example in self.examples])
        self.draft = MatchModel(
            space=fit_space(self.vectors, self.intents, wholes),
            vocabulary=read_vocabulary(CONCEPTS, self.commonness),
            ranker=_blank(RANK_NAMES),
            right=_blank(RIGHT_NAMES),
            kind=_blank(KIND_NAMES, len(MESSAGE_GROUPS)),
            kinds=MESSAGE_GROUPS,
        )

    def _every_text(self) -> list[str]:
        queries = [query.text for example in self.examples for query in example.queries]
        said = [*self.texts, *queries]
        entries = [text for example in self.examples for entry in example.entries for text in texts_of(entry)]
        return list(dict.fromkeys([*said, *(part for text in said for part in windows(text)), *entries]))

    def vectors_of(self, example: Example) -> tuple[dict[str, Any], NDArray[np.float32]]:
        """Vectors of an example's texts, and of its whole entries as rows."""
        texts = list(dict.fromkeys(text for entry in example.entries for text in texts_of(entry)))
        made = dict(zip(texts, np.asarray(self.embed(texts), dtype=np.float32)))
        return made, np.stack([made[texts_of(entry)[1]] for entry in example.entries])

    def index(self, example: Example, without: str | None = None) -> FaqIndex:
        """The example's entries, but for one."""
        entries = [entry for entry in example.entries if entry.id != without]
        return FaqIndex.build(entries, self.vectors_of(example)[0], self.draft)

    def understanding(self, text: str, classifier: NearestPhrasings | None = None) -> Understanding:
        """A message as the trained Rasa model would understand it; see bot.nlu.question_classifier."""
        model = classifier or self.classifier
        vector = np.asarray(self.embed([text]), dtype=np.float32)
        chances = model.probabilities([text], vector)[0]
        return Understanding(
            text, {model.labels[at]: float(chances[at]) for at in np.argsort(-chances)[:KEPT]}, vector[0]
        )

    def message(self, text: str, classifier: NearestPhrasings | None = None) -> Message:
        """The same, prepared for matching."""
        message = read_message(self.understanding(text, classifier), self.embed)
        assert message is not None, text
        return message

    @cached_property
    def found(self) -> dict[str, tuple[list[Ranked], list[Ranked]]]:
        """By example: its queries as they are, and with the entry that answers each taken away."""
        return {example.name: (self.ranked(example), self.left_out(example)) for example in self.examples}

    def ranked(self, example: Example) -> list[Ranked]:
        """Every query of an example against its entries."""
        index = self.index(example)
        ids = [entry.id for entry in example.entries]
        found = []
        for query in example.queries:
            message = self.message(query.text)
            right = ids.index(query.entry) if query.entry else -1
            found.append(Ranked(index, message, rank_features(index, message), right, query.kind))
        return found

    def left_out(self, example: Example) -> list[Ranked]:
        """Every answerable query against the entries without the one that answers it."""
        indexes = {entry.id: self.index(example, without=entry.id) for entry in example.entries}
        found = []
        for query in example.queries:
            if query.entry:
                index, message = indexes[query.entry], self.message(query.text)
                found.append(Ranked(index, message, rank_features(index, message), -1, query.kind, LEFT_OUT_WEIGHT))
        return found

    def fit(self, without: str | None = None) -> MatchModel:
        """The whole model. What judges is fitted on rankings by a ranker that did not see the municipality.

        without: name of an example that nothing is fitted on.
        """
        found = {name: both for name, both in self.found.items() if name != without}
        judged = {}
        for name, (asked, left_out) in found.items():
            ranker = fit_ranker([each for other, (rows, _) in found.items() if other != name for each in rows])
            judged[name] = Judged.of([(each, ranker.scores(each.rows)[:, 0]) for each in [*asked, *left_out]])
        everything = [each for asked, _ in found.values() for each in asked]
        return replace(
            self.draft, ranker=fit_ranker(everything), right=fit_right(judged), kind=self._fit_kind(everything)
        )

    def _fit_kind(self, ranked: Sequence[Ranked]) -> Weights:
        rows = [row(kind_features(each.index, each.message), KIND_NAMES)[0] for each in ranked]
        kinds = [KIND_OF[each.kind] for each in ranked]
        weights = [QUERY_WEIGHT] * len(rows)
        for text_rows, text_kinds in self._phrasing_rows:
            rows.extend(text_rows)
            kinds.extend(text_kinds)
            weights.extend([1.0] * len(text_rows))
        return fit_classes(np.stack(rows), kinds, weights, KIND_NAMES)

    @cached_property
    def _phrasing_rows(self) -> list[tuple[list[Numbers], list[str]]]:
        """Phrasings as messages, each fold understood by models that did not see it; a quarter of the FAQ's will do."""
        worded = [at for at, text in enumerate(self.texts) if words(text)]
        kept = [at for at in worded if not self.intents[at].startswith("faq/") or at % 4 == 0]
        folds = np.random.default_rng(7).integers(0, FOLDS, len(self.texts))
        found = []
        for fold in range(FOLDS):
            seen = folds != fold
            intents = [intent for intent, use in zip(self.intents, seen) if use]
            texts = [text for text, use in zip(self.texts, seen) if use]
            classifier = NearestPhrasings.fit(texts, intents, self.vectors[seen])
            space = fit_space(self.vectors[seen], intents, self.vectors[:1])
            index = FaqIndex.build((), {}, replace(self.draft, space=space))
            chosen = [at for at in kept if folds[at] == fold]
            rows = [row(kind_features(index, self.message(self.texts[at], classifier)), KIND_NAMES)[0] for at in chosen]
            found.append((rows, [_kind_of(self.intents[at]) for at in chosen]))
        return found


def _kind_of(intent: str) -> str:
    group = group_of(intent)
    return "faq" if group == "unanswerable_detail" else group


def _blank(names: Sequence[str], outputs: int = 1) -> Weights:
    size = len(names)
    return Weights(tuple(names), np.zeros(size), np.ones(size), np.zeros((outputs, size)), np.zeros(outputs))


def fit_ranker(ranked: Sequence[Ranked]) -> Weights:
    """Weights under which each query's own entry wins (softmax over the entries, squared weights penalised)."""
    usable = [each for each in ranked if each.right >= 0]
    every = np.concatenate([each.rows for each in usable])
    means, scales = every.mean(axis=0), every.std(axis=0) + 1e-6
    rows = [(each.rows - means) / scales for each in usable]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = RANK_PENALTY * float(weights @ weights), 2 * RANK_PENALTY * weights
        for each, matrix in zip(usable, rows):
            scores = matrix @ weights
            scores -= scores.max()
            chances = np.exp(scores) / np.exp(scores).sum()
            total -= float(np.log(chances[each.right] + 1e-12)) / len(rows)
            slope = slope + (chances @ matrix - matrix[each.right]) / len(rows)
        return total, slope

    best = minimize(loss, np.zeros(len(means)), jac=True, method="L-BFGS-B").x
    return Weights(RANK_NAMES, means, scales, best[None, :], np.zeros(1))


def fit_right(judged: Mapping[str, Judged]) -> Weights:
    """Weights for 'the first candidate answers what is asked', from what was found in each municipality."""
    weights = _weigh(list(judged.values()))
    if len(judged) == 1:
        return weights
    # What tells best is fitted with the unanswerable counting heavily. How sure that makes one is another matter: it
    # is read off on municipalities left out in turn, since weights look surer on what they were fitted on.
    scores = np.concatenate(
        [
            _weigh([other for name, other in judged.items() if name != left_out]).scores(each.rows)[:, 0]
            for left_out, each in judged.items()
        ]
    )
    right = np.concatenate([each.right for each in judged.values()])
    common = np.concatenate([each.weights(COMMON_UNANSWERABLE) for each in judged.values()])
    line = LogisticRegression(C=1e6).fit(scores[:, None], right, sample_weight=common)
    slope, start = float(line.coef_[0, 0]), float(line.intercept_[0])
    return replace(weights, weights=weights.weights * slope, bias=weights.bias * slope + start)


def _weigh(judged: Sequence[Judged]) -> Weights:
    rows, right = np.concatenate([each.rows for each in judged]), np.concatenate([each.right for each in judged])
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=RIGHT_STRENGTH, max_iter=2000)
    weights = np.concatenate([each.weights(UNANSWERABLE_WEIGHT, ELSEWHERE_WEIGHT) for each in judged])
    model.fit((rows - means) / scales, right, sample_weight=weights)
    return Weights(RIGHT_NAMES, means, scales, model.coef_, model.intercept_)


def fit_classes(rows: Numbers, kinds: Sequence[str], weights: Sequence[float], names: Sequence[str]) -> Weights:
    """Weights for kinds of message, outputs in the order of MESSAGE_GROUPS; a kind without examples is never chosen."""
    means, scales = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    model = LogisticRegression(C=KIND_STRENGTH, max_iter=2000).fit(
        (rows - means) / scales, kinds, sample_weight=weights
    )
    coefficients, bias = np.zeros((len(MESSAGE_GROUPS), len(names))), np.full(len(MESSAGE_GROUPS), -30.0)
    for at, name in enumerate(model.classes_):
        coefficients[MESSAGE_GROUPS.index(name)] = model.coef_[at]
        bias[MESSAGE_GROUPS.index(name)] = model.intercept_[at]
    return Weights(tuple(names), means, scales, coefficients, bias)


def decided(trainer: Trainer, model: MatchModel, example: Example) -> Decided:
    """What a model that did not see an example does with its queries."""
    index = FaqIndex.build(example.entries, trainer.vectors_of(example)[0], model)
    return [(query, judge(trainer.understanding(query.text), index, trainer.embed)) for query in example.queries]


def figures(decisions: Decided) -> dict[str, float]:
    """How a model does on municipalities that nothing was fitted on; shares (0-1), as in EVALUATION.md.

    Emotion is left out: it takes another model. Kinds of message that were not asked are left out too.
    """
    answerable = [(query, decision) for query, decision in decisions if query.entry]
    answered = [(query, d) for query, d in answerable if d.outcome is Outcome.ANSWER]
    shown = [query.entry in d.ids[:3] and d.outcome in (Outcome.ANSWER, Outcome.SUGGEST) for query, d in answerable]
    found = {
        "right_at_once": sum(d.ids[0] == query.entry for query, d in answered) / len(answerable),
        "right_after_one": sum(shown) / len(answerable),
        "wrong_answer": sum(d.ids[0] != query.entry for query, d in answered) / len(answerable),
    }
    for name, kind, outcome in SHARES:
        outcomes = [decision.outcome for query, decision in decisions if query.kind == kind and not query.entry]
        if outcomes:
            found[name] = sum(each is outcome for each in outcomes) / len(outcomes)
    alarms = [decision.outcome is Outcome.EMERGENCY for query, decision in decisions if query.kind != "emergency"]
    found["false_emergency"] = sum(alarms) / len(alarms)
    return {name: round(share, 3) for name, share in found.items()}


def left_out_figures(trainer: Trainer) -> dict[str, float]:
    """The figures over all examples, each judged by a model of the others."""
    return figures([each for ex in trainer.examples for each in decided(trainer, trainer.fit(ex.name), ex)])


def main() -> None:
    """Read, fit, write; with `--left-out` only print how it does with each example left out in turn."""
    from bot.nlu.shared_embedder import training_embedder

    texts, intents = read_phrasings()
    examples = [read_example(folder) for folder in sorted(EXAMPLES.iterdir()) if folder.is_dir()]
    trainer = Trainer(training_embedder().embed, texts, intents, examples)
    if "--left-out" in sys.argv[1:]:
        print(json.dumps(left_out_figures(trainer), indent=1))
        return
    model = trainer.fit()
    WEIGHTS.parent.mkdir(exist_ok=True)
    write_space(SPACE, model.space)
    about = {
        "made_by": "python -m bot.nlu.train_matching",
        "phrasings": len(texts),
        "examples": {example.name: len(example.queries) for example in examples},
        "held_out": figures(decided(trainer, model, read_example(HELD_OUT))) if HELD_OUT.is_dir() else {},
    }
    write_weights(WEIGHTS, model, trainer.commonness, about)
    print(f"{WEIGHTS} and {SPACE.name}: {len(texts)} phrasings, {sum(len(e.queries) for e in examples)} queries")
    print(json.dumps(about["held_out"], indent=1))


def _all_at_once(embed: Embed, texts: Sequence[str]) -> Embed:
    """An embedder that knows these texts beforehand: one large call is far cheaper than thousands of small ones."""
    known = dict(zip(texts, np.asarray(embed(texts), dtype=np.float32)))

    def remembered(wanted: Sequence[str]) -> NDArray[np.float32]:
        missing = [text for text in dict.fromkeys(wanted) if text not in known]
        if missing:
            known.update(zip(missing, np.asarray(embed(missing), dtype=np.float32)))
        return np.stack([known[text] for text in wanted]) if len(wanted) else np.zeros((0, 384), np.float32)

    return remembered


if __name__ == "__main__":
    main()
