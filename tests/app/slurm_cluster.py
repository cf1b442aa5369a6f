"""A cluster of Slurm on this machine alone, for the length of a test."""

import os
import pathlib
import shutil
import socket
import subprocess
import time

NEEDED = ("slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo")
CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={port}
SlurmdPort={node_port}
AuthType=auth/none
CredType=cred/none
SlurmUser={user}
SlurmdUser={user}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/pgid
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SchedulerParameters=sched_interval=1,sched_min_interval=0,batch_sched_delay=0
MinJobAge=2
ReturnToService=2
MpiDefault=none
SwitchType=switch/none
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


class NoCluster(Exception):
    """This machine cannot run one, and why."""


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """Started by its constructor, which says why where it cannot; `stop` ends it."""

    def __init__(self, folder, cpus=2):
        missing = [name for name in NEEDED if self.path_of(name) is None]
        if missing:
            raise NoCluster(f"not installed: {', '.join(missing)}")
        self.folder = pathlib.Path(folder)
        for name in ("state", "spool"):
            (self.folder / name).mkdir(parents=True)
        host = socket.gethostname().split(".")[0]
        user = subprocess.run(["id", "-un"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=host, port=free_port(), node_port=free_port(), user=user, folder=self.folder, cpus=cpus))
        self.environment = {**os.environ, "SLURM_CONF": str(self.folder / "slurm.conf")}
        self.daemons = [subprocess.Popen([self.path_of(name), "-D"], env=self.environment, stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                        for name in ("slurmctld", "slurmd")]
        try:
            self.wait_until(lambda: "idle" in self.call("sinfo", "--noheader", "--format=%T", check=False), 30)
        except TimeoutError:
            self.stop()
            logs = [path.read_text(errors="replace").splitlines()[-3:] for path in self.folder.glob("*.log")]
            raise NoCluster(f"Slurm does not come up here: {logs}") from None

    @staticmethod
    def path_of(name):
        return shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/sbin")

    def call(self, *command, check=True):
        done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              encoding="utf-8", timeout=60, check=False)
        if check and done.returncode != 0:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}")
        return done.stdout

    @staticmethod
    def wait_until(holds, seconds):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                raise TimeoutError
            time.sleep(0.2)

    def wait_for_jobs(self, seconds=180):
        """Until no job is left; jobs whose condition can no longer hold are none."""
        self.wait_until(lambda: not self.call("squeue", "--noheader").strip(), seconds)

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
