"""Flows that end in every way a flow can end; a process worker runs them."""

import os
import signal
import time

from prefect import flow, task
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


@flow(timeout_seconds=1)
def times_out():
    time.sleep(30)


@task
def breaks():
    raise ValueError("on purpose")


@flow
def depends():
    """It does not raise: its state is that of the tasks that it returns."""
    return [breaks.submit(), breaks.submit()]


@flow
def is_terminated():
    """As if its node was taken away."""
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(30)


@flow
def exits():
    os._exit(3)


@flow
def waits():
    """Long enough to be cancelled."""
    time.sleep(120)


@flow
def calls():
    """Its call of another flow is a run of its own, a subflow run."""
    succeeds()
