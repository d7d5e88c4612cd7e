"""The real Prometheus fetches the figures of the real server, and knows them afterwards."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import socket
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from app.infra.paths import Paths
from tests.unit.infra.lan.siege import US
from tests.unit.services.monitoring.metrics_world import House, house
from tests.unit.services.monitoring.test_meters import World, fill, lint

SHIPPED = Path(__file__).resolve().parents[4] / "packaging" / "monitoring"
PATIENCE = 90.0
"""Seconds, on a machine that has much else to do; it ends as soon as it is there."""


class Prometheus:
    """One that runs. `said` is what it wrote, for a failure."""

    def __init__(self, port: int, said: Path) -> None:
        self._base = f"http://{US}:{port}/api/v1"
        self.said = said

    async def get(self, path: str, **query: str) -> Any:
        """The `data` of an answer; None while it does not answer yet."""
        address = f"{self._base}/{path}?{urlencode(query)}"
        async with httpx.AsyncClient(trust_env=False) as client:
            try:
                answer = await client.get(address, timeout=20)
            except httpx.TransportError:
                return None
        return answer.json()["data"] if answer.status_code == 200 else None

    async def target(self) -> Mapping[str, Any]:
        """The station as it knows it, once it has tried to fetch."""
        async with asyncio.timeout(PATIENCE):
            while True:
                told = await self.get("targets", state="active")
                for found in told["activeTargets"] if told else ():
                    if found["health"] != "unknown":
                        known: Mapping[str, Any] = found
                        return known
                await asyncio.sleep(0.1)

    async def value(self, query: str) -> float:
        """The one value of a query, once there is one."""
        try:
            async with asyncio.timeout(PATIENCE):
                while True:
                    told = await self.get("query", query=query)
                    if told and told["result"]:
                        return float(told["result"][0]["value"][1])
                    await asyncio.sleep(0.1)
        except TimeoutError:
            pytest.fail(f"{query}: nothing came. {self.said.read_text()[-2000:]}")


def configuration(place: Path, house: House, token: str) -> Path:
    """The example that is shipped, for a station on loopback that is looked at each second."""
    text = (SHIPPED / "prometheus.yml").read_text()
    text = text.replace('"192.168.1.20:8095"', f'"{US}:{house.server.port}"')
    text = text.replace("scrape_interval: 15s", "scrape_interval: 1s")
    text = text.replace("scrape_timeout: 10s", "scrape_timeout: 1s")
    (place / "sokoul-token").write_text(token + "\n")
    shutil.copy(SHIPPED / "sokoul-rules.yml", place)
    made = place / "prometheus.yml"
    made.write_text(text)
    return made


def free_port() -> int:
    with socket.socket() as pipe:
        pipe.bind((US, 0))
        return int(pipe.getsockname()[1])


@contextlib.asynccontextmanager
async def running(config: Path) -> AsyncIterator[Prometheus]:
    """A Prometheus of its own on loopback."""
    port, said, data = free_port(), config.with_name("said"), config.with_name("data")
    with said.open("wb") as out:
        process = await asyncio.create_subprocess_exec(
            "prometheus", f"--config.file={config}", f"--storage.tsdb.path={data}",
            f"--web.listen-address={US}:{port}", "--log.level=warn", stdout=out, stderr=out,
        )  # fmt: skip
    try:
        yield Prometheus(port, said)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()


@pytest.fixture
async def home(paths: Paths) -> AsyncIterator[House]:
    async with house(paths) as made:
        await made.switch(on=True)
        yield made


async def promtool(*args: str | Path) -> str:
    """What the real `promtool` says; it must be content."""
    pipe, same = asyncio.subprocess.PIPE, asyncio.subprocess.STDOUT
    process = await asyncio.create_subprocess_exec(
        "promtool", *map(str, args), stdout=pipe, stderr=same
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return said.decode()


async def test_prometheus_fetches_and_knows_the_figures(home: House, tmp_path: Path) -> None:
    world = World()
    world.bus, world.meters = home.bus, home.meters
    fill(world)
    config = configuration(tmp_path, home, await home.door.token())
    assert "SUCCESS" in await promtool("check", "config", config)
    async with running(config) as prometheus:
        assert await prometheus.value('sokoul_scraping_success_rate{provider="archive"}') == 1
        assert (await prometheus.target())["health"] == "up"
        assert await prometheus.value('up{job="sokoul"}') == 1
        assert await prometheus.value('sokoul_download_speed_bytes{direction="down"}') == 5
        name = 'sokoul_search_duration_seconds_bucket{provider="archive",le="1.0"}'
        assert await prometheus.value(name) == 1
        assert await prometheus.value("sokoul_render_queue_size") == 1
        told = await prometheus.get("rules")
        rules = [rule for group in told["groups"] for rule in group["rules"]]
        assert {rule["health"] for rule in rules} <= {"ok", "unknown"}, rules
        found = await prometheus.get("metadata")
        assert found["sokoul_search_duration_seconds"][0]["type"] == "histogram"
    assert lint(home.meters.text()) == ""


async def test_with_a_wrong_token_it_is_told_so(home: House, tmp_path: Path) -> None:
    await home.door.token()
    async with running(configuration(tmp_path, home, "a-token-of-before")) as prometheus:
        target = await prometheus.target()
        assert target["health"] == "down"
        assert "401" in target["lastError"]
        assert await prometheus.value('up{job="sokoul"}') == 0


FIRES = {
    "SokoulAway": ('up{job="sokoul"}', "0x20"),
    "SokoulDiskNearlyFull": ('sokoul_storage_usage_ratio{disk="sda1"}', "0.95x20"),
    "SokoulStorageFilling": ('sokoul_storage_usage_ratio{disk="sda1"}', "0.85x60"),
    "SokoulProviderDown": ('sokoul_scraping_success_rate{provider="mine"}', "0x20"),
    "SokoulErrors": ('sokoul_scraping_success_rate{provider="mine"}', "0.9x20"),
    "SokoulStepFails": ('sokoul_agent_error_ratio{agent="voice"}', "0.5x20"),
    "SokoulRenderQueueLong": ("sokoul_render_queue_size", "51x20"),
    "SokoulPostFailed": (
        'sokoul_publish_total{platform="youtube",outcome="failed"}', "0 0 1 1 1 1 1 1",
    ),
    "SokoulPipelineSlow": (
        'sokoul_pipeline_duration_seconds_count{outcome="done"}', "0 0 1 1 1 1 1 1",
    ),
}  # fmt: skip
"""What makes each alert come, by minutes."""


async def test_each_rule_comes_when_it_should_and_not_before(tmp_path: Path) -> None:
    shutil.copy(SHIPPED / "sokoul-rules.yml", tmp_path)
    tests = []
    for alert, (series, values) in FIRES.items():
        given = [{"series": series, "values": values}]
        if alert == "SokoulPipelineSlow":
            quick = series.replace("_count{", '_bucket{le="600.0",')
            given.append({"series": quick, "values": "0x10"})
        when = {"SokoulStorageFilling": "40m", "SokoulPostFailed": "5m", "SokoulPipelineSlow": "5m"}
        tests.append(
            {
                "interval": "1m",
                "input_series": given,
                "promql_expr_test": [
                    {
                        "expr": f'count(ALERTS{{alertname="{alert}",alertstate="firing"}})',
                        "eval_time": time,
                        "exp_samples": [{"labels": "{}", "value": 1}] if comes else [],
                    }
                    for time, comes in (("0m", False), (when.get(alert, "15m"), True))
                ],
            }
        )
    wanted = {"rule_files": ["sokoul-rules.yml"], "evaluation_interval": "1m", "tests": tests}
    file = tmp_path / "rules_test.yml"
    file.write_text(json.dumps(wanted))  # JSON is YAML
    assert "SUCCESS" in await promtool("test", "rules", file)
    assert f"{len(FIRES)} rules found" in await promtool(
        "check", "rules", SHIPPED / "sokoul-rules.yml"
    )
