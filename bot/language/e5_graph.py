"""The encoder of multilingual-e5-small as an ONNX graph, in float32 and in int8.

Input `embedding`: float32 (1, tokens, hidden), from `PackedWeights.embedding`. Output `sentence`: float32 (1, hidden),
the mean of the last layer over the tokens, L2-normalised.

One text at a time, so there is no padding and no attention mask. Int8 activations are scaled over a whole input at
once: in a batch a text's vector would depend on the texts beside it, and a sentence embedded in training would differ
from the same sentence in a conversation.

Two choices keep int8 close to float32 (cosine 0.999 on Dutch sentences, 0.996 without):
- A few channels of the activations are over ten times larger than the rest and would take up the whole int8 range.
  Each channel is divided by a factor, and the weights that read it are multiplied by it ("SmoothQuant"). The factors
  come from how large each channel gets on sample sentences.
- Weights take 7 bits. On processors without VNNI instructions the sum of two 8-bit products overflows its 16 bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from bot.language.e5_weights import FloatArray, PackedWeights

INPUT = "embedding"
OUTPUT = "sentence"

_FUSED = "com.microsoft"  # ONNX Runtime's own operators
_WEIGHT_LIMIT = 63  # 7 bits, signed
_BALANCE = 0.7  # how much of a channel's size moves into the weights: 0 none, 1 all
_QUIET = 0.03  # of the largest channel: a channel counts as at least this large

Peaks = Mapping[str, FloatArray]  # per activation that a matrix reads: the largest absolute value of each channel


def float_model(weights: PackedWeights) -> ModelProto:
    """The float32 model, with every activation that a matrix reads as a further output."""
    return _Encoder(weights, peaks=None).model()


def channel_peaks(float_session: onnxruntime.InferenceSession, sample: Sequence[FloatArray]) -> Peaks:
    """How large each channel gets on the sample inputs, each (1, tokens, hidden)."""
    names = [output.name for output in float_session.get_outputs() if output.name != OUTPUT]
    peaks: dict[str, FloatArray] = {}
    for inputs in sample:
        for name, values in zip(names, float_session.run(names, {INPUT: inputs})):
            peak = np.abs(values).max(axis=(0, 1))
            peaks[name] = np.maximum(peaks.get(name, peak), peak)
    return peaks


def int8_model(weights: PackedWeights, peaks: Peaks) -> ModelProto:
    """The int8 model."""
    return _Encoder(weights, peaks).model()


class _Encoder:
    """Collects the nodes and constants of the graph; int8 when the peaks of the channels are given."""

    def __init__(self, weights: PackedWeights, peaks: Peaks | None) -> None:
        self._weights = weights
        self._peaks = peaks
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []
        self._matrix_inputs: list[str] = []

    def model(self) -> ModelProto:
        hidden = self._weights.shape.hidden
        epsilon = self._weights.shape.epsilon
        state = self._node("LayerNormalization", [INPUT, *self._norm("emb.ln")], "layer0", epsilon=epsilon)
        for layer in range(self._weights.shape.layers):
            state = self._layer(f"l{layer}", state)
        axis = self._constant("token_axis", np.array([1]))
        self._node("ReduceMean", [state, axis], "mean", keepdims=0)
        self._node("LpNormalization", ["mean"], OUTPUT, axis=-1, p=2)
        outputs = [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, hidden])]
        if self._peaks is None:
            outputs += [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in self._matrix_inputs]
        graph = helper.make_graph(
            self._nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", hidden])],
            outputs,
            self._constants,
        )
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9)

    def _layer(self, layer: str, state: str) -> str:
        """One transformer layer; returns the name of its output."""
        shape = self._weights.shape
        joined = self._linear(state, [f"{layer}.q", f"{layer}.k", f"{layer}.v"], shape.hidden)
        parts = [f"{joined}.{part}" for part in ("q", "k", "v")]
        self._nodes.append(helper.make_node("Split", [joined], parts, axis=-1, num_outputs=3))
        attended = self._node("MultiHeadAttention", parts, f"{layer}.attended", _FUSED, num_heads=shape.heads)
        state = self._add_and_norm(state, self._linear(attended, [f"{layer}.ao"], shape.hidden), f"{layer}.aln")
        wide = self._linear(state, [f"{layer}.fi"], shape.hidden)
        active = self._node("Gelu", [wide], f"{layer}.active", _FUSED)
        return self._add_and_norm(state, self._linear(active, [f"{layer}.fo"], shape.feed_forward), f"{layer}.oln")

    def _add_and_norm(self, state: str, change: str, norm: str) -> str:
        inputs = [state, change, *self._norm(norm)]
        return self._node("SkipLayerNormalization", inputs, f"{norm}.out", _FUSED, epsilon=self._weights.shape.epsilon)

    def _linear(self, inputs: str, tensors: Sequence[str], channels: int) -> str:
        """One matrix product with bias, of matrices that read the same `inputs` of so many `channels`."""
        name = "+".join(tensors)
        matrix = np.concatenate([self._weights.matrix(f"{tensor}.w", channels) for tensor in tensors]).T
        biases = np.concatenate([self._weights.vector(f"{tensor}.b") for tensor in tensors])
        bias = self._constant(f"{name}.bias", biases)
        self._matrix_inputs.append(inputs)
        if self._peaks is None:
            product = self._node("MatMul", [inputs, self._constant(f"{name}.matrix", matrix)], f"{name}.product")
            return self._node("Add", [product, bias], f"{name}.out")
        factors = _balance(self._peaks[inputs], matrix)
        balanced = self._node("Mul", [inputs, self._constant(f"{name}.factors", 1 / factors)], f"{name}.balanced")
        matrix = matrix * factors[:, None]
        scales = np.abs(matrix).max(axis=0) / _WEIGHT_LIMIT  # one per output
        quantised = np.rint(matrix / scales).astype(np.int8)
        constants = {"matrix": quantised, "scales": scales, "zeros": np.zeros(len(scales), np.int8)}
        names = [self._constant(f"{name}.{key}", values) for key, values in constants.items()]
        return self._node("DynamicQuantizeMatMul", [balanced, *names, bias], f"{name}.out", _FUSED)

    def _norm(self, name: str) -> list[str]:
        """The constants of a layer norm: its scale and its shift."""
        return [self._constant(f"{name}.{part}", self._weights.vector(f"{name}.{part}")) for part in ("w", "b")]

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, operator: str, inputs: Sequence[str], output: str, domain: str = "", **attributes: Any) -> str:
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output


def _balance(peaks: FloatArray, matrix: FloatArray) -> FloatArray:
    """What to divide each input channel by, and multiply its row of `matrix` (inputs, outputs) by; shape (inputs,)."""
    activation = np.maximum(peaks, peaks.max() * _QUIET)
    weight = np.maximum(np.abs(matrix).max(axis=1), 1e-5)
    factors = activation**_BALANCE / weight ** (1 - _BALANCE)
    centred: FloatArray = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return centred
