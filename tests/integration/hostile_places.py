"""Which pages are looked at how, where those who mean harm have written everything: by whom, with what, for what."""

from __future__ import annotations

from tests.integration.hostile import PAGES
from tests.integration.track import CLERK, HEAD
from tests.integration.world import ADMIN, AGENCY, LEADER, OFFICER, OPERATOR

TOKENS = {token.partition(":")[0]: token for token in (OPERATOR, OFFICER, AGENCY, LEADER, ADMIN, CLERK, HEAD)}
DESK, KEPT, MINE = "/ban-lam-viec", "/ban-lam-viec/quan-tri", "/ho-so-cua-toi/du-lieu"
OF_WHO_MEASURES = f"{DESK}/khao-sat/{{survey}}"  # whom it measures is shown nothing before it is published
FILES = {  # no pages: assets, the feed, a letter made of samples, tables, what leads elsewhere
    "/static/{name}",
    "/cong-khai.atom",
    "/theo-doi/{code}/qr.svg",
    f"{DESK}/ho-so.csv",
    f"{KEPT}/mau-thu/{{name}}/thu",
    f"{KEPT}/thu-tuc/tai-ve",
    f"{KEPT}/su-co/{{breach}}/danh-sach.csv",
    f"{DESK}/khieu-nai-to-cao/so-lieu.csv",
    f"{MINE}/ban-sao.json",
    f"{MINE}/yeu-cau",
    "/du-lieu-mo/{name}/{file}",
    *(path for _, path in PAGES if path.endswith("/tep/{file}")),
}
WORDY = {  # pages that show what people wrote: there the words must be seen, or nothing is proved
    "/theo-doi",
    "/theo-doi/{code}",
    "/cong-khai",
    "/cong-khai/{posting}",
    "/thu-tuc",
    "/thu-tuc/{procedure}",
    "/lien-he",
    "/tra-loi/{token}",
    MINE,
    OF_WHO_MEASURES,
    f"{DESK}/khao-sat",
    f"{DESK}/bao-cao/{{report}}",
    f"{DESK}/quyen-du-lieu/{{right}}",
    f"{DESK}/tiep-dan",
    f"{DESK}/tiep-dan/{{code}}",
    f"{DESK}/tiep-dan/{{code}}/bien-ban",
    f"{DESK}/y-kien",
    f"{DESK}/y-kien/{{code}}/{{id}}",
    f"{KEPT}/su-co/{{breach}}",
    f"{DESK}/ho-so",
    f"{DESK}/ho-so/{{code}}",
    f"{DESK}/lanh-dao",
    f"{DESK}/thu-den/{{mail}}",
    f"{KEPT}/co-quan/{{unit}}",
    f"{KEPT}/lich",
    f"{KEPT}/tai-khoan",
    f"{KEPT}/thu-tuc",
    f"{KEPT}/thu-tuc/ban-nhap/{{draft}}",
    f"{KEPT}/thu-tuc/phien-ban/{{number}}",
}
CLOSED_FROM_ITS_ROW = f"{KEPT}/thong-diep/dong"  # a note without the letter it is about has no place to stand
QUERIES = {
    f"{DESK}/bao-cao/{{report}}/ho-so": "?o=total/entered",
    "/v1/desk/export": "?from=2026-11-01&to=2026-12-31",
    "/v1/desk/late": "?unit=so_tu_phap&month=2026-11",
}
PASSING = {  # what they take is compared, not kept
    "/v1/sessions",
    "/v1/sessions/challenge",
    "/v1/sessions/refresh",
    "/v1/my/sessions",
}
