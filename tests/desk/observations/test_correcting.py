"""A person's correction, the taking back of a version, and the log as anybody may check it."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings as Changed

from comity.cli.observe import observe
from comity.desk.accounts.models import Officer
from comity.desk.observations.state import observed
from comity.desk.press import observing
from comity.node.custody import Custody
from comity.node.home import Home
from comity.observations.log import ObservationLog

pytestmark = pytest.mark.django_db
MEETING = "/observed/china-russia/meetings/joint-10/"


@pytest.fixture
def desk(settings: Changed, harbour: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of the observer's node, so that what is said here stays here."""
    shutil.copytree(harbour.folder, tmp_path / "node")
    home = Home(tmp_path / "node")
    settings.HOME, settings.NODE = home, home.settings()
    monkeypatch.setattr(observing, "the_node", lambda: SimpleNamespace(custody=Custody(home)))
    return home


@pytest.fixture
def enter() -> Callable[..., Client]:
    def sign_in(role: str = "reader", *, operator: bool = True) -> Client:
        user = User.objects.create(username=f"{role}-{operator}")
        Officer.objects.create(user=user, role=role, operator=operator, names=[{"lang": "en", "text": "Mika Toll"}])
        client = Client(HTTP_ACCEPT_LANGUAGE="en")
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def fields(client: Client, path: str) -> dict[str, str]:
    """What the form holds."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.content.decode()[:800]
    form = answer.context["form"]
    return {bound.html_name: str(bound.value() if bound.value() is not None else "") for bound in form if bound.value() is not False}


def test_a_correction_goes_first_with_its_name_and_what_the_source_said_stays(desk: Home, enter: Callable[..., Client]) -> None:
    mika = enter()
    before = observed()["china-russia"].one("meetings", "joint-10")
    assert before is not None
    page = f"{MEETING}correct/meeting/"
    said = fields(mika, page) | {"value-dates-start": "2025-08-26"}
    answer = mika.post(page, said)
    assert answer.status_code == 302, answer.content.decode()
    after = observed()["china-russia"].one("meetings", "joint-10")
    assert after is not None
    versions = after.versions("meeting")
    assert versions[0].by == "Mika Toll"
    assert versions[0].value == before.get("meeting") | {"dates": before.get("meeting")["dates"] | {"start": "2025-08-26"}}
    assert versions[1].value == before.get("meeting")
    assert "corrected by Mika Toll" in mika.get(MEETING).content.decode()
    ObservationLog(desk.folder / "observations").open()


def test_what_is_no_date_or_nothing_new_comes_back_with_its_reason(desk: Home, enter: Callable[..., Client]) -> None:
    mika, page = enter(), f"{MEETING}correct/meeting/"
    for change, why in (({"value-dates-start": "yesterday"}, "YYYY-MM-DD"), ({}, "Nothing is different")):
        answer = mika.post(page, fields(mika, page) | change)
        assert answer.status_code == 422
        assert why in answer.content.decode()


def test_a_version_that_is_taken_back_stays_in_the_log_and_counts_no_longer(desk: Home, enter: Callable[..., Client]) -> None:
    mika, page = enter(), f"{MEETING}correct/meeting/"
    mika.post(page, fields(mika, page) | {"value-dates-start": "2025-08-26"})
    size = ObservationLog(desk.folder / "observations").open().checkpoint.size
    thing = observed()["china-russia"].one("meetings", "joint-10")
    assert thing is not None
    mika.post(f"{MEETING}take-back/", {"fragment": thing.versions("meeting")[0].fragments[0]})
    after = observed()["china-russia"].one("meetings", "joint-10")
    assert after is not None
    assert not any(version.by for version in after.versions("meeting"))
    assert ObservationLog(desk.folder / "observations").open().checkpoint.size == size + 1


def test_only_who_works_on_sources_here_corrects(desk: Home, enter: Callable[..., Client]) -> None:
    reader = enter(operator=False)
    assert reader.get(f"{MEETING}correct/meeting/").status_code == 403
    assert reader.post(f"{MEETING}take-back/", {"fragment": "x"}).status_code == 403
    assert "correct/meeting" not in reader.get(MEETING).content.decode()
    assert Client().get(f"{MEETING}correct/meeting/").status_code == 302


def test_anybody_downloads_the_log_of_an_observer_and_checks_it(desk: Home, tmp_path: Path) -> None:
    anyone = Client(HTTP_ACCEPT_LANGUAGE="en")
    assert "comity observe check" in anyone.get("/observed/log/").content.decode()
    data = anyone.get("/observed/log.zip").content
    (tmp_path / "log.zip").write_bytes(data)
    done = CliRunner().invoke(observe, ["check", str(tmp_path / "log.zip")])
    assert "all signatures and hashes hold" in done.output, done.output
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist()[:20]:
            assert b"".join(anyone.get(f"/observed/log/{name}")) == archive.read(name)
        assert not [name for name in archive.namelist() if "key" in name or "secret" in name]


def test_a_changed_byte_in_the_downloaded_log_is_found(desk: Home, tmp_path: Path) -> None:
    data = Client().get("/observed/log.zip").content
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(tmp_path / "bad.zip", "w") as new:
        victim = next(name for name in old.namelist() if name.startswith("fragments/"))
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'"about"', b'"abouT"') if name == victim else old.read(name))
    done = CliRunner().invoke(observe, ["check", str(tmp_path / "bad.zip")])
    assert done.exit_code == 1


@pytest.mark.parametrize(
    "path", ["../secret", "..%2Fsecret", "lock", "fragments/../observer.json", "log/tile/../../observer.json", "node.json"]
)
def test_nothing_but_the_logs_own_files_is_served(desk: Home, path: str) -> None:
    assert Client().get(f"/observed/log/{path}").status_code == 404


def test_a_party_keeps_its_log_of_observations_to_its_officers(settings: Changed, party: Home) -> None:
    for path in ("/observed/log/", "/observed/log.zip", "/observed/log/observer.json"):
        assert Client().get(path).status_code == 404
