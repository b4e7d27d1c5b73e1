"""Component `warta_officials`: named persons with their offices.

Words are classified by lexicons (`words`), cut into roles and names (`chunks`), tied together by shapes (`shapes`),
split into office, body and region (`split`), and gathered into persons (`persons`).
"""

from __future__ import annotations

from extractor.language.officials.component import Officials

__all__ = ["Officials"]
