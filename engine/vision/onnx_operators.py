"""What ONNX's operators and types are in the words of `counted`."""

from engine.vision.counted import Kind

KINDS: dict[str, Kind] = {
    **dict.fromkeys(("Conv", "ConvTranspose", "ConvInteger", "QLinearConv"), "convolution"),
    **dict.fromkeys(("Gemm",), "full"),
    **dict.fromkeys(("MatMul", "QLinearMatMul", "MatMulInteger"), "product"),
    **dict.fromkeys(("MaxPool", "GlobalMaxPool"), "max_pool"),
    **dict.fromkeys(("AveragePool", "GlobalAveragePool"), "average_pool"),
    **dict.fromkeys(
        ("Sigmoid", "Tanh", "LeakyRelu", "PRelu", "Elu", "Selu", "Gelu", "HardSwish", "Clip"), "activation"
    ),
    **dict.fromkeys(("LayerNormalization", "InstanceNormalization", "GroupNormalization"), "normalization"),
    **dict.fromkeys(("Reshape", "Squeeze", "Unsqueeze", "Transpose"), "reshape"),
    **dict.fromkeys(("Softmax", "LogSoftmax"), "softmax"),
    **dict.fromkeys(("LSTM", "GRU", "RNN"), "recurrent"),
    **{"Relu": "relu", "BatchNormalization": "batch_norm", "LRN": "response_norm", "Dropout": "dropout"},
    **{"Add": "add", "Sum": "add", "Concat": "concatenate", "Flatten": "flatten"},
}
"""Kinds of the operators; others are `other`."""

ELEMENTWISE: frozenset[Kind] = frozenset(
    (
        *("relu", "activation", "batch_norm", "response_norm", "normalization", "dropout", "add", "concatenate"),
        *("flatten", "softmax"),
    )
)
"""Kinds whose units see what those at the same place see."""

KEEPING = frozenset(
    ("Identity", "Cast", "Mul", "Sub", "Div", "Pad", "Sqrt", "Exp", "Pow", "Min", "Max", "Squeeze", "Reshape")
)
"""Other operators of which that is so, as far as it can be known."""

NO_WORK = frozenset(("Einsum", "Attention", "DeformConv", "If", "Loop", "Scan", "STFT", "DFT"))
"""Operators that multiply in ways that are not counted."""

FLOATING = (1, 10, 11, 16, 17, 18, 19, 20)
"""ONNX's numbers of the floating types, float, float16, double, bfloat16 and those of 8 bits."""

QUANTIZED = (2, 3, 21, 22)
"""Those of integers of 8 and 4 bits, which stand for weights in quantized networks."""
