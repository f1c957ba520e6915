"""The lecture's table of parameters, row by row, beside what is counted.

Where the two differ, `why` names the reason:

- `groups`: 62.4 million belong to an AlexNet whose layers see all maps, 62,378,344; with the two groups of 2012 it has
  60,965,224.
- `binary_thousands`: the 6.8 million of GoogLeNet are the sum of its paper's Table 1, whose K are 1,024.
- `rounded`: VGG's paper says 138 million, without decimals; the lecture writes them as 138.0.
- `as_bert`: GPT's paper names no number. BERT's paper made its base network, 110 million, as large as GPT; but GPT has
  10,000 tokens more, of 768 numbers each.
- `corrected`: GPT-2's paper counts 1,542 million; its authors have said since that their counts were wrong.
- `name`: LLaMA 2's size is its name, rounded to tens.
- `unknown`: OpenAI has published neither size nor architecture of GPT-4.
- `reported`: Google has not published the size of PaLM 2; 340 billion is what the press reported (CNBC, May 2023).
"""

from dataclasses import dataclass

from engine.scaling.models import count, published

MILLION, BILLION = 10**6, 10**9


@dataclass(frozen=True)
class Quote:
    """A row of the table."""

    title: str
    """As the lecture has it."""

    year: int
    model: str
    """Its name in `engine.scaling.models`; empty where it can't be built."""

    quoted: int | None
    """In full; None where the lecture has no number."""

    unit: int
    """The value of its last digit."""

    why: str = ""
    """Why quoted and counted differ, or why nothing is counted; a key of the list above."""

    month: float = 0.0
    """Year and month, where nothing is counted."""

    @property
    def counted(self) -> int | None:
        """Parameters of the network, built; None where it can't be."""
        return count(self.model).parameters if self.model else None

    @property
    def published(self) -> float:
        """Year and month of its publication."""
        return published(self.model) if self.model else self.month

    @property
    def agrees(self) -> bool:
        """Whether what is counted is what is quoted, rounded as that is."""
        counted = self.counted
        return counted is not None and self.quoted is not None and abs(counted - self.quoted) * 2 <= self.unit


QUOTES = (
    Quote("AlexNet", 2012, "alexnet", 62_400_000, MILLION // 10, "groups"),
    Quote("GoogLeNet", 2014, "googlenet", 6_800_000, MILLION // 10, "binary_thousands"),
    Quote("VGG-16", 2014, "vgg16", 138_000_000, MILLION // 10, "rounded"),
    Quote("ResNet-18", 2015, "resnet18", 11_700_000, MILLION // 10),
    Quote("BERT", 2018, "bert_large", 340 * MILLION, 10 * MILLION),
    Quote("GPT", 2018, "gpt1", 110 * MILLION, 10 * MILLION, "as_bert"),
    Quote("GPT-2", 2019, "gpt2_xl", 1_500_000_000, BILLION // 10, "corrected"),
    Quote("GPT-3", 2020, "gpt3", 175 * BILLION, BILLION),
    Quote("PaLM", 2022, "palm", 540 * BILLION, BILLION),
    Quote("LLaMA", 2023, "llama_65b", 65 * BILLION, BILLION),
    Quote("GPT-4", 2023, "", None, 1, "unknown", 2023 + 2 / 12),
    Quote("PaLM 2", 2023, "", 340 * BILLION, BILLION, "reported", 2023 + 4 / 12),
    Quote("LLaMA 2", 2023, "llama2_70b", 70 * BILLION, BILLION, "name"),
)
"""All rows, in the lecture's order."""
