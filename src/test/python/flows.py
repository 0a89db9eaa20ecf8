"""Flows that end in every way a flow can end; a process worker runs them."""

import os
import signal
import time

from prefect import flow
from prefect.states import Completed


@flow
def succeeds():
    time.sleep(0.2)


@flow
def fails():
    raise ValueError("on purpose")


@flow(retries=1, retry_delay_seconds=0)
def retries():
    from prefect.runtime import flow_run

    if flow_run.run_count < 2:
        raise ValueError("the first attempt, on purpose")


@flow
def skips():
    return Completed(name="Skipped")


@flow
def crashes():
    """As if the machine ran out of memory: no goodbye; the worker reports it."""
    os.kill(os.getpid(), signal.SIGKILL)


@flow
def waits():
    """Long enough to be cancelled."""
    time.sleep(120)


@flow
def calls():
    """Its call of another flow is a run of its own, a subflow run."""
    succeeds()
