"""Files read in a process of their own, with bounds on time and memory. (nl: leesproces).

Files come from others, and libraries in C read them. What goes wrong there, or takes for ever, ends that process and
becomes a fault at its file; the next file gets a new one.
"""

import faulthandler
import json
import logging
import os
import select
import signal
import subprocess
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import IO, Self

from koppelkans.context.reading.handing import pick_up, put_down, put_faults
from koppelkans.context.reading.reader import Raw, Reader, unusable
from koppelkans.ground.errors import InputError
from koppelkans.ground.settings import Source
from koppelkans.ground.words import Phrase

Read = Callable[[Path, Source], tuple[Reader, Raw]]
SECONDS_PER_MB, MB_PER_MB = 3.0, 40
"""So much processor time (s) and memory (MB) more is granted per MB of a file: a large file may take long."""
WAIT_FACTOR, WAIT_LEAST = 10.0, 60.0
"""The clock (s) may run this much longer than processor time, for a busy machine, and at least so long."""
FORK = sys.platform == "linux"
"""Where a process may be copied: that takes milliseconds, a new one has to load every library first."""
BOUNDED = sys.platform != "win32"
"""Where a process can be bounded at all; elsewhere files are read in this one."""
NEW = "from koppelkans.context.reading.opening import serve_here; serve_here()"
"""What a new process does where it is no copy."""

log = logging.getLogger(__name__)

LARGE_MB = 100
"""Size (MB) of a file after which the process that read it ends; the next file gets a new one."""


@dataclass
class ReadingProcess:
    """A process that reads files one after another, started when the first is asked for.

    Parameters
    ----------
    read
        Reads one file.
    readers
        All readers, to know again who read it.
    seconds
        Processor time (s) for a small file.
    memory_mb
        Memory (MB) for a small file, beyond what the process has itself.
    """

    read: Read
    readers: Sequence[Reader]
    seconds: float
    memory_mb: int
    started: int = 0
    _pid: int = 0
    _ask: IO[bytes] | None = None
    _answer: IO[bytes] | None = None
    _new: "subprocess.Popen[bytes] | None" = None
    _folder: "TemporaryDirectory[str] | None" = None
    _count: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> Self:
        """Return itself; nothing is started yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, at: TracebackType | None) -> None:
        """End the process and take away what it wrote."""
        self._end()
        if self._folder is not None:
            self._folder.cleanup()

    def open(self, path: Path, source: Source) -> tuple[Reader, Raw]:
        """Return the reader that takes a file, and what it read.

        Raises
        ------
        InputError
            Where nothing of the file can be used, the process ended while it was read, or it took too long.
        """
        with self._lock:
            return self._open(path, source)

    def _open(self, path: Path, source: Source) -> tuple[Reader, Raw]:
        """Have one file read and pick up what was made of it."""
        if not self._pid:
            self._start()
        size_mb = path.stat().st_size / 2**20 if path.is_file() else 0.0
        seconds = self.seconds + SECONDS_PER_MB * size_mb
        memory_mb = int(self.memory_mb + MB_PER_MB * size_mb)
        self._count += 1
        to = Path(self._folder.name if self._folder else "") / str(self._count)
        asked = {"path": str(path), "source": source.model_dump(mode="json", exclude_unset=True), "to": str(to), "seconds": seconds, "memory_mb": memory_mb}  # fmt: skip
        if self._ask is None or self._answer is None:
            raise unusable(source.path, Phrase("no process to read it in"), Phrase("a machine with room for one"))
        try:
            self._ask.write(json.dumps(asked).encode() + b"\n")
            self._ask.flush()
        except BrokenPipeError:
            raise self._stopped(source, seconds, memory_mb, to) from None
        wait = max(WAIT_LEAST, WAIT_FACTOR * seconds)
        poll = select.poll()
        poll.register(self._answer, select.POLLIN | select.POLLHUP)
        if not poll.poll(wait * 1000):
            self._end()
            raise _too_long(source, wait)
        if not self._answer.readline():
            raise self._stopped(source, seconds, memory_mb, to)
        if size_mb > LARGE_MB:  # what it held for this file is free before the rows are held here
            self._end()
        try:
            return pick_up(to, self.readers)
        finally:
            for left in to.parent.glob(f"{to.name}*"):
                left.unlink()

    def _start(self) -> None:
        """Start the process: a copy of this one where that is safe, else a new one."""
        self._folder = self._folder or TemporaryDirectory(prefix="koppelkans-")
        self.started += 1
        if FORK and threading.current_thread() is threading.main_thread():
            (own_answer, his_answer), (his_ask, own_ask) = os.pipe(), os.pipe()
            with warnings.catch_warnings():
                warnings.simplefilter(
                    "ignore", DeprecationWarning
                )  # libraries here keep idle threads; none holds a lock
                self._pid = os.fork()
            if not self._pid:
                os.close(own_answer)
                os.close(own_ask)
                _live(self.read, his_ask, his_answer)
            os.close(his_answer)
            os.close(his_ask)
            self._ask, self._answer = os.fdopen(own_ask, "wb"), os.fdopen(own_answer, "rb")
            return
        self._new = subprocess.Popen([sys.executable, "-c", NEW], stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # noqa: S603  our own words
        self._pid, self._ask, self._answer = self._new.pid, self._new.stdin, self._new.stdout

    def _stopped(self, source: Source, seconds: float, memory_mb: int, to: Path) -> InputError:
        """Return the error that the process ended while a file was read, and why."""
        ended = self._end()
        left = to.with_suffix(".stopped")
        said = left.read_text(encoding="utf-8") if left.is_file() else ""
        log.warning("%s: the reading process ended (%d) %s", source.path, ended, said)
        if ended == -signal.SIGXCPU:
            return _too_long(source, seconds)
        if said.startswith("MemoryError") or ended == -signal.SIGKILL:
            return too_large(source, memory_mb)
        why = said.partition("\n")[0] or (signal.Signals(-ended).name if ended < 0 else str(ended))
        found = Phrase("a file on which its reader stopped ({why})", why=why[:80])
        return unusable(source.path, found, Phrase("a whole file of this kind; save it again"), layer=source.layer)

    def _end(self) -> int:
        """End the process, and return how it ended: its code, or the signal below zero."""
        pid, self._pid = self._pid, 0
        for stream in (self._ask, self._answer):
            if stream is not None:
                _close(stream)
        self._ask = self._answer = None
        if not pid:
            return 0
        ended = _ended(pid, self._new)
        self._new = None
        return ended


def serve(read: Read, ask: IO[bytes], answer: IO[bytes]) -> None:
    """Read the files that are asked for, each within its bounds, until nobody asks any more."""
    for line in ask:
        asked = json.loads(line)
        to = Path(asked["to"])
        source = Source(**asked["source"])
        bound(asked["seconds"], asked["memory_mb"])
        try:
            put_down(*read(Path(asked["path"]), source), to)
        except InputError as problem:
            put_faults(problem, to)
        except MemoryError:
            put_faults(too_large(source, asked["memory_mb"]), to)
        finally:
            kind, value, _ = sys.exc_info()
            if kind is not None:
                text = f"{kind.__name__}: {value}"
                to.with_suffix(".stopped").write_text(
                    text + "\n" + traceback.format_exc(), encoding="utf-8", errors="replace"
                )
        answer.write(b"read\n")
        answer.flush()


def bound(seconds: float, memory_mb: int) -> None:
    """Bound this process: so much more processor time (s) and memory (MB) than it has used."""
    import resource  # noqa: PLC0415  not there on Windows

    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (_within(int(time.process_time() + seconds) + 1, most), most))
    used = _data_bytes()
    if used is not None:
        _, most = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (_within(used + memory_mb * 2**20, most), most))


def too_large(source: Source, memory_mb: int) -> InputError:
    """Return the error that a file asks for more memory than it may have."""
    found = Phrase("a file that takes more than {n} MB of memory", n=memory_mb)
    return unusable(source.path, found, Phrase("a whole file; or more `context.read_memory_mb`"), layer=source.layer)


def _too_long(source: Source, seconds: float) -> InputError:
    """Return the error that a file takes longer than it may."""
    found = Phrase("a file that takes more than {n} s to read", n=f"{seconds:.0f}")
    return unusable(source.path, found, Phrase("a whole file; or more `context.read_seconds`"), layer=source.layer)


def _live(read: Read, ask: int, answer: int) -> None:
    """Live as the copy: read what is asked for and end, whatever happens, without anything of the process it came from."""
    ended = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        faulthandler.disable()
        logging.disable(logging.CRITICAL)
        _no_core()
        with os.fdopen(ask, "rb") as asked, os.fdopen(answer, "wb") as answered:
            serve(read, asked, answered)
        ended = 0
    finally:
        os._exit(ended)


def _no_core() -> None:
    """Leave no picture of the memory behind where this process is ended."""
    import resource  # noqa: PLC0415  not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))


def _within(wanted: int, most: int) -> int:
    """Return a bound that is not above the highest that this process may set; -1 is none."""
    return wanted if most < 0 else min(wanted, most)


def _data_bytes() -> int | None:
    """Return the memory that this process can write in (bytes); None where the system does not say."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    line = next((one for one in status.read_text().splitlines() if one.startswith("VmData:")), "")
    return int(line.split()[1]) * 1024 if line else None


def _ended(pid: int, new: "subprocess.Popen[bytes] | None") -> int:
    """End a process that was asked nothing more, and return how it ended."""
    for patience in (1.0, 0.0):
        until = time.monotonic() + patience
        while True:
            ended = new.poll() if new is not None else _code(pid)
            if ended is not None:
                return ended
            if time.monotonic() >= until:
                break
            time.sleep(0.002)
        os.kill(pid, signal.SIGKILL)
    return new.wait() if new is not None else os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _code(pid: int) -> int | None:
    """Return how a process ended; None where it has not."""
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _close(stream: IO[bytes]) -> None:
    """Close a stream of which the other end may be gone."""
    try:
        stream.close()
    except BrokenPipeError:
        return
