"""Fills an empty Prefect server with a workspace whose runs really ran.

    PREFECT_API_URL=http://127.0.0.1:4200/api python real_workspace.py > truth.json

What was done is told on stdout as one JSON object. States and counts in it are
what this script caused; times are what Prefect's own client says of each run.
Given the SQLite file of the server as PREFECT_TEST_DATABASE, some runs end in
the same microsecond.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import sqlite3
import sys
from datetime import datetime, timedelta, timezone

import flows
from prefect import get_client
from prefect.client.schemas.actions import GlobalConcurrencyLimitCreate, WorkPoolCreate
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterParentTaskRunId
from prefect.states import (
    AwaitingConcurrencySlot,
    AwaitingRetry,
    Cancelled,
    Cancelling,
    Completed,
    Crashed,
    Paused,
    Pending,
    Running,
    Scheduled,
    Suspended,
)

HERE = pathlib.Path(__file__).resolve().parent
POOL = "processes"
LIMITED_POOL = "limited"
NARROW_POOL = "narrow"
BULK = 23
TIED = 12

SUBFLOWS = FlowRunFilter(parent_task_run_id=FlowRunFilterParentTaskRunId(is_null_=False))

# Flow: how its run ends when a worker runs it, how often it enters RUNNING, and why it ends.
ENDS = {
    "succeeds": ("COMPLETED", 1, "OTHER"),
    "fails": ("FAILED", 1, "EXCEPTION"),
    "times_out": ("FAILED", 1, "TIMED_OUT"),
    "depends": ("FAILED", 1, "DEPENDENCY"),
    "retries": ("COMPLETED", 2, "OTHER"),
    "skips": ("COMPLETED", 1, "OTHER"),
    "crashes": ("CRASHED", 1, "OUT_OF_MEMORY"),
    "is_terminated": ("CRASHED", 1, "TERMINATED"),
    "exits": ("CRASHED", 1, "EXIT_CODE"),
    "waits": ("CANCELLED", 1, "OTHER"),
    "calls": ("COMPLETED", 1, "OTHER"),
}


def now():
    return datetime.now(timezone.utc)


class Workspace:
    def __init__(self, client):
        self.client = client
        self.deployments = {}
        self.finished = []
        self.current = []
        self.limits = []

    async def deploy(self):
        await self.client.create_work_pool(WorkPoolCreate(name=POOL, type="process"))
        await self.client.create_work_pool(WorkPoolCreate(name="idle", type="docker"))
        for name in ENDS:
            self.deployments[name] = await self.deployment(name, f"{name}-deployment", POOL)

    async def deployment(self, flow, name, pool, **more):
        flow_id = await self.client.create_flow_from_name(flow)
        return await self.client.create_deployment(
            flow_id,
            name,
            work_pool_name=pool,
            path=str(HERE),
            entrypoint=f"flows.py:{flow}",
            enforce_parameter_schema=False,
            **more,
        )

    async def run(self, flow, state=None):
        """A run of the flow's deployment, due now unless the state says otherwise."""
        run = await self.client.create_flow_run_from_deployment(
            self.deployments[flow], state=state
        )
        return run.id

    async def enter(self, run_id, state):
        result = await self.client.set_flow_run_state(run_id, state, force=True)
        assert result.status.value == "ACCEPT", result

    def ended(
        self, run_id, flow, state, run_count, deployed=True, subflow=False, reason="OTHER"
    ):
        self.finished.append(
            {
                "id": str(run_id),
                "flow": flow,
                "deployment": f"{flow}-deployment" if deployed else "",
                "pool": POOL if deployed else "",
                "state": state,
                "run_count": run_count,
                "subflow": subflow,
                "reason": reason,
            }
        )

    async def run_by_worker(self):
        """Every kind of end, by a real process worker; it takes a few runs at a time."""
        runs = {flow: await self.run(flow) for flow in ENDS}
        async with worker(POOL, "worker-1"):
            await self.until(runs["waits"], "RUNNING")
            await self.client.set_flow_run_state(runs["waits"], Cancelling())
            for flow, (state, run_count, reason) in ENDS.items():
                await self.until(runs[flow], state)
                self.ended(runs[flow], flow, state, run_count, reason=reason)
        for run in await self.client.read_flow_runs(flow_run_filter=SUBFLOWS):
            self.ended(run.id, "succeeds", "COMPLETED", 1, deployed=False, subflow=True)

    async def until(self, run_id, state):
        for _ in range(240):
            run = await self.client.read_flow_run(run_id)
            if state in (run.state_name, run.state_type and run.state_type.value):
                return
            await asyncio.sleep(0.5)
        raise TimeoutError(f"{run.name} is {run.state_name}, not {state}")

    async def run_without_deployment(self):
        state = await asyncio.to_thread(flows.succeeds, return_state=True)
        self.ended(state.state_details.flow_run_id, "succeeds", "COMPLETED", 1, deployed=False)

    async def never_start(self):
        for state in [Cancelled(), Cancelling()]:
            # The second as a person does it; Prefect makes it the first.
            withdrawn = await self.run("fails")
            await self.client.set_flow_run_state(withdrawn, state)
            self.ended(withdrawn, "fails", "CANCELLED", 0, reason="WITHDRAWN")
        cancelled = await self.run("fails", Pending())
        await self.client.update_flow_run(cancelled, infrastructure_pid="a-pod-without-a-node")
        await self.enter(cancelled, Cancelled())
        self.ended(cancelled, "fails", "CANCELLED", 0)
        crashed = await self.run("fails", Pending())
        await self.enter(crashed, Crashed())
        self.ended(crashed, "fails", "CRASHED", 0)

    async def rerun(self):
        """Ends twice; only the second end counts."""
        run_id = await self.run("succeeds", Pending())
        for state in [Running(), Crashed(), Scheduled(), Running(), Completed()]:
            await self.enter(run_id, state)
        self.ended(run_id, "succeeds", "COMPLETED", 2)

    async def change_outcome(self):
        """A final state over a final state keeps the end time."""
        run_id = await self.run("succeeds", Pending())
        for state in [Running(), Completed(), Crashed()]:
            await self.enter(run_id, state)
        self.ended(run_id, "succeeds", "CRASHED", 1)

    async def bulk(self):
        """Enough runs for several pages."""
        return [await self.end_at_once() for _ in range(BULK)]

    async def end_at_once(self):
        run_id = await self.run("skips", Completed())
        self.ended(run_id, "skips", "COMPLETED", 0, reason="WITHDRAWN")
        return run_id

    async def leave_open(self):
        """Runs that are not final, one per kind; the future one is not due."""
        ago = now() - timedelta(minutes=3)
        await self.run("succeeds", Scheduled(scheduled_time=now() + timedelta(hours=2)))
        await self.open("LATE", 0, Scheduled(scheduled_time=ago, name="Late"))
        await self.open("AWAITING_RETRY", 1, Running(), AwaitingRetry(scheduled_time=ago))
        later = now() + timedelta(hours=1)
        await self.open("AWAITING_RETRY", 1, Running(), AwaitingRetry(scheduled_time=later))
        await self.open("AWAITING_CONCURRENCY_SLOT", 0, AwaitingConcurrencySlot(scheduled_time=ago))
        await self.open("PENDING", 0, Pending())
        await self.open("RUNNING", 1, Running())
        await self.open("PAUSED", 1, Running(), Paused(timeout_seconds=3600))
        await self.open("PAUSED", 1, Running(), Suspended(timeout_seconds=3600))
        suspended = await self.open("DUE", 1, Running(), Suspended(timeout_seconds=3600))
        await self.client.resume_flow_run(suspended)
        await self.open("CANCELLING", 1, Running(), Cancelling())

    async def open(self, kind, run_count, *states):
        run_id = await self.run("succeeds", Pending())
        for state in states:
            await self.enter(run_id, state)
        self.is_open(run_id, POOL, kind, run_count > 0)
        return run_id

    def is_open(self, run_id, pool, kind, started, queue="default"):
        self.current.append(
            {"id": str(run_id), "pool": pool, "queue": queue, "state": kind, "started": started}
        )

    async def reach_a_limit(self):
        """
        Runs of full deployments, for which a worker asks: again and again where they
        queue, and once where the limit cancels them.
        """
        await self.client.create_work_pool(WorkPoolCreate(name=LIMITED_POOL, type="process"))
        full = await self.deployment(
            "succeeds", "queued-deployment", LIMITED_POOL, concurrency_limit=1
        )
        await self.take_slot(full)
        cancelling = await self.deployment(
            "succeeds", "limited-deployment", LIMITED_POOL,
            concurrency_limit=1, concurrency_options={"collision_strategy": "CANCEL_NEW"},
        )  # fmt: skip
        await self.take_slot(cancelling)
        self.limits += [["DEPLOYMENT", str(each), 1, 1] for each in [full, cancelling]]
        skipped = await self.client.create_flow_run_from_deployment(cancelling)
        waiting = [await self.client.create_flow_run_from_deployment(full) for _ in range(3)]
        async with worker(LIMITED_POOL, "worker-2"):
            for run in waiting:
                await self.until(run.id, "AwaitingConcurrencySlot")
            await self.until(skipped.id, "CANCELLED")
        self.ended(skipped.id, "succeeds", "CANCELLED", 0, reason="CONCURRENCY_LIMIT")
        self.finished[-1] |= {"deployment": "limited-deployment", "pool": LIMITED_POOL}
        for run in waiting:
            self.is_open(run.id, LIMITED_POOL, "AWAITING_CONCURRENCY_SLOT", False)
        return waiting

    async def take_slot(self, deployment, pool=LIMITED_POOL, queue="default"):
        """A run that keeps a slot of whatever has some."""
        run = await self.client.create_flow_run_from_deployment(deployment)
        result = await self.client.set_flow_run_state(run.id, Pending())
        assert result.status.value == "ACCEPT", result
        self.is_open(run.id, pool, "PENDING", False, queue)

    async def set_limits(self):
        """A pool and a queue with a limit, a run that takes a slot of both, other limits."""
        await self.client.create_work_pool(
            WorkPoolCreate(name=NARROW_POOL, type="process", concurrency_limit=2)
        )
        await self.client.create_work_queue("urgent", work_pool_name=NARROW_POOL, concurrency_limit=1)
        await self.client.create_work_queue("held", work_pool_name=NARROW_POOL, is_paused=True)
        deployment = await self.deployment(
            "succeeds", "narrow-deployment", NARROW_POOL, work_queue_name="urgent"
        )
        await self.take_slot(deployment, NARROW_POOL, "urgent")
        await self.client.pause_deployment(deployment)
        for name, active in [("database", True), ("unused", False)]:
            await self.client.create_global_concurrency_limit(
                GlobalConcurrencyLimitCreate(name=name, limit=5, active=active)
            )
        await self.client.increment_concurrency_slots(["database"], 2, "concurrency")
        await self.client.create_concurrency_limit("heavy", 3)
        self.limits += [["GLOBAL", "database", 5, 2], ["TAG", "heavy", 3, 0]]

    async def are_put_off(self, waiting):
        """Whether their next attempt is still to come: what a reader must not go by."""
        for run in waiting:
            run = await self.client.read_flow_run(run.id)
            if run.next_scheduled_start_time <= now():
                return False
        return True

    def tie(self, run_ids):
        """The same microsecond for more runs than a page holds; no route can do that."""
        path = os.environ["PREFECT_TEST_DATABASE"]
        ids = [str(run_id) for run_id in run_ids[:TIED]]
        with sqlite3.connect(path, timeout=60) as database:
            database.execute(
                "UPDATE flow_run SET end_time = (SELECT end_time FROM flow_run WHERE id = ?)"
                f" WHERE id IN ({','.join('?' * len(ids))})",
                [ids[0], *ids],
            )

    async def tell(self, waiting):
        for truth in self.finished:
            run = await self.client.read_flow_run(truth["id"])
            truth["end_time"] = run.end_time.isoformat()
            truth["run_time"] = run.total_run_time.total_seconds()
        await self.client.delete_deployment(self.deployments["crashes"])
        for truth in self.finished:
            if truth["flow"] == "crashes":
                truth["deployment"] = "(deleted)"
        assert await self.are_put_off(waiting)
        return {
            "as_of": now().isoformat(),
            "finished": self.finished,
            "current": self.current,
            "flows": sorted(ENDS),
            "deployments": sorted(
                ["limited-deployment", "narrow-deployment", "queued-deployment"]
                + [f"{flow}-deployment" for flow in ENDS if flow != "crashes"]
            ),
            "paused": ["narrow-deployment"],
            "pools": {
                POOL: "process",
                LIMITED_POOL: "process",
                NARROW_POOL: "process",
                "idle": "docker",
            },
            "workers": ["worker-1", "worker-2"],
            "slots": {NARROW_POOL: [2, 1]},
            "queues": [
                {"pool": POOL, "name": "default", "polled": True},
                {"pool": LIMITED_POOL, "name": "default", "polled": True},
                {"pool": "idle", "name": "default"},
                {"pool": NARROW_POOL, "name": "default"},
                {"pool": NARROW_POOL, "name": "urgent", "slots": [1, 1]},
                {"pool": NARROW_POOL, "name": "held", "paused": True},
            ],
            "limits": self.limits,
        }


@contextlib.asynccontextmanager
async def worker(pool, name):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "prefect", "worker", "start",
        "--pool", pool, "--name", name, "--type", "process",
        env=os.environ | {"PREFECT_WORKER_QUERY_SECONDS": "2"},
        stdout=sys.stderr, stderr=sys.stderr,
    )  # fmt: skip
    try:
        yield
        process.terminate()
        await asyncio.wait_for(process.wait(), 60)
    finally:
        if process.returncode is None:
            process.kill()


async def main():
    async with get_client() as client:
        workspace = Workspace(client)
        await workspace.deploy()
        await workspace.run_by_worker()
        await workspace.run_without_deployment()
        await workspace.never_start()
        await workspace.rerun()
        await workspace.change_outcome()
        bulk = await workspace.bulk()
        if "PREFECT_TEST_DATABASE" in os.environ:
            workspace.tie(bulk)
        await workspace.leave_open()
        await workspace.set_limits()
        waiting = await workspace.reach_a_limit()
        json.dump(await workspace.tell(waiting), sys.stdout, indent=1)


if __name__ == "__main__":
    asyncio.run(main())
