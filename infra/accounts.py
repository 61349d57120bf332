"""The log-ins of a local stack: one per role, and staff of four departments. Never used on AWS."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from infra.agency_keys import Door

PASSWORD = "Tong-Dai-1022-local"  # noqa: S105 - of a server on 127.0.0.1 that accepts any AWS key anyway
DEPARTMENTS = (  # those of them that a directory has
    *("so_tu_phap", "so_tai_nguyen_moi_truong", "buu_dien_tinh"),
    *("phong_ho_tro_to_chuc", "phong_ho_tro_ca_nhan", "phong_ho_tro_dat_dai", "phong_kiem_soat_tthc"),
    *("phong_kiem_tra_giam_sat", "chi_nhanh_so_1", "so_nong_nghiep_moi_truong", "buu_dien_thanh_pho", "xa_00004"),
)
VIETNAMESE = {
    "operator": "điện thoại viên",
    "officer": "công chức một cửa",
    "agency": "cán bộ đầu mối",
    "leadership": "lãnh đạo Trung tâm",
    "administrator": "quản trị viên",
    "petition_officer": "cán bộ xử lý đơn",
    "petition_head": "lãnh đạo phòng xử lý đơn",
}


@dataclass(frozen=True, slots=True)
class Account:
    """One log-in: its role and its unit."""

    username: str
    role: str
    unit: str


ACCOUNTS = (
    Account("operator", "operator", "tong_dai"),
    Account("leadership", "leadership", "lanh_dao_trung_tam"),
    Account("administrator", "administrator", "tong_dai"),
    *(Account(f"{role}.{unit}", role, unit) for unit in DEPARTMENTS for role in ("officer", "agency")),
    Account("petitions", "petition_officer", "phong_kiem_tra_giam_sat"),
    Account("petitions.head", "petition_head", "phong_kiem_tra_giam_sat"),
    Account("officer.so_y_te", "officer", "so_y_te"),  # its agency answers by the link in its mail
)


def create(cognito: Any, pool: str, known_units: set[str]) -> list[dict[str, str]]:
    """Create the accounts that are missing; gives all log-ins for the table and for stack.json."""
    made = [account for account in ACCOUNTS if account.unit in known_units]
    for account in made:
        who = {"UserPoolId": pool, "Username": account.username}
        try:
            cognito.admin_create_user(**who, MessageAction="SUPPRESS")
        except cognito.exceptions.UsernameExistsException:
            continue
        cognito.admin_set_user_password(**who, Password=PASSWORD, Permanent=True)
        for group in (account.role, f"unit:{account.unit}"):
            cognito.admin_add_user_to_group(**who, GroupName=group)
    return [
        {"username": account.username, "password": PASSWORD, "role": account.role, "unit": account.unit}
        for account in made
    ]


def adopt(door: Door, users: list[dict[str, str]]) -> None:
    """Take them into the register, as the administrator does; a department's focal officer keeps its accounts."""
    for user in users:
        wanted = {
            "username": user["username"],
            "name": VIETNAMESE[user["role"]].capitalize(),
            "mail": f"{user['username']}@tongdai.example",
            "role": user["role"],
            "unit": user["unit"],
            "manager": user["role"] == "agency",
            "reason": "Chạy thử",
        }
        status, made = door.call("/v1/desk/accounts", wanted)
        assert status in (HTTPStatus.CREATED, HTTPStatus.CONFLICT), made  # known: an earlier run adopted it
