from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QFontInfo, QFontMetricsF, QGuiApplication

from designer.drawing import typography as t
from designer.errors import MissingPartError
from designer.painting import fonts


@pytest.mark.parametrize("style", t.STYLES, ids=str)
def test_text_is_drawn_in_the_shipped_families(qapp: QGuiApplication, style: t.TextStyle) -> None:
    assert QFontInfo(fonts.font(style)).family().startswith(style.family)


@pytest.mark.parametrize("style", t.STYLES, ids=str)
@pytest.mark.parametrize("text", ["vEthernet (corp)", "172.16.0.0/20", "Windows Server 2016 · 14393", "8080 → 80/tcp"])
def test_text_is_as_wide_as_layout_thinks(qapp: QGuiApplication, style: t.TextStyle, text: str) -> None:
    drawn = QFontMetricsF(fonts.font(style)).horizontalAdvance(text) / fonts.OVERSIZE

    assert drawn <= t.width(text, style) * 1.01
    assert t.width(text, style) <= drawn * 1.06


def test_an_installation_without_fonts_says_so(
    qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(fonts, "resource", lambda *parts: tmp_path)

    with pytest.raises(MissingPartError, match="fonts"):
        fonts.load_fonts.__wrapped__()
