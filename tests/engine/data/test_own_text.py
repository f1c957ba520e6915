"""The learner's own text: read in pieces, refused with a reason."""

import tracemalloc

import pytest

from engine.data.own_text import TextError, beginning, likely, pieces

TEXT = "日本の首都は東京です。きのうは雨が降りました。\n" * 20


def refused(path, encoding="utf-8", **given):
    with pytest.raises(TextError) as caught:
        list(pieces(path, encoding, **given))
    return caught.value.values


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc_jp"])
@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_pieces_make_the_text_whatever_their_size(tmp_path, encoding, size):
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))

    assert "".join(pieces(path, encoding, size=size)) == TEXT


def test_a_mark_at_the_beginning_is_no_character(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())

    assert "".join(pieces(path)) == TEXT


def test_memory_stays_flat(tmp_path):
    path = tmp_path / "large.txt"
    path.write_text("a line of text\n" * 2_000_000, encoding="utf-8")  # 30 MB
    tracemalloc.start()
    try:
        total = sum(len(piece) for piece in pieces(path))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert total == 30_000_000
    assert most < 8 << 20


def test_only_the_beginning_is_read(tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(TEXT.encode() + b"\xff" * 10 + b"x" * (4 << 20))
    with pytest.raises(TextError):
        beginning(path, 10 * len(TEXT))
    path.write_bytes(TEXT.encode() + b"x" * (4 << 20) + b"\xff")

    assert beginning(path, 100) == (TEXT[:100], True)
    path.write_text(TEXT, encoding="utf-8")
    assert beginning(path, len(TEXT)) == (TEXT, False)


def test_one_single_line_is_a_text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("word " * 1000, encoding="utf-8")

    assert "".join(pieces(path)).split() == ["word"] * 1000


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", {"reason": "empty"}),
        (b" \n\n ", {"reason": "empty"}),
        ("三文字".encode(), {"reason": "short", "characters": 3, "least": 20}),
        (b"plain text, long enough, with\0 in it", {"reason": "binary", "byte": 29}),
        (TEXT.encode("utf-16"), {"reason": "other_encoding", "likely": "UTF-16", "byte": 0}),
        (TEXT.encode("iso2022_jp"), {"reason": "other_encoding", "likely": "ISO-2022-JP"}),
        (b"a" * 50 + b"\xff\xfe\xfd", {"reason": "unknown_encoding", "byte": 50, "value": "FF", "encoding": "UTF-8"}),
        (TEXT.encode()[:101], {"reason": "unknown_encoding", "byte": 100}),
    ],
)
def test_what_is_no_text_says_why(tmp_path, content, expected):
    path = tmp_path / "text.txt"
    path.write_bytes(content)

    assert expected.items() <= refused(path).items()


@pytest.mark.parametrize(("encoding", "name"), [("shift_jis", "Shift_JIS"), ("euc_jp", "EUC-JP")])
@pytest.mark.parametrize("before", [0, 40, 3 << 20])
def test_the_first_wrong_byte_and_the_likely_encoding_are_named(tmp_path, encoding, name, before):
    path = tmp_path / "text.txt"
    path.write_bytes(b"x" * before + TEXT.encode(encoding))

    found = refused(path)

    assert (found["reason"], found["byte"], found["encoding"]) == ("encoding", before, "UTF-8")
    assert (found["likely"], found["setting"]) == (name, encoding)


def test_utf_8_that_is_read_as_something_else_is_known(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")

    assert refused(path, "euc_jp")["setting"] == "utf-8"
    assert likely(TEXT.encode("cp932")) == "shift_jis"
    assert likely(b"\x80\x81\x82") is None


def test_a_folder_and_a_missing_file_are_told_apart(tmp_path):
    assert refused(tmp_path)["reason"] == "unreadable"
    assert refused(tmp_path / "none.txt")["reason"] == "missing"
