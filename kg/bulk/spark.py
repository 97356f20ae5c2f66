"""Many machines: the same reading of articles as a Spark job, from files of articles to files of quads.

A Structured Streaming query that takes what there is and ends (availableNow). Its checkpoint remembers which batches of
files are done, and a batch has a folder of its own that is written anew if it was cut short: a job that was killed goes
on where it was. Each task reads through a worker, so that an article that crashes or hangs it is reported and the job
goes on. Needs pyspark: pip install 'diplomatic-kg[spark]'.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kg.bulk.crew import Crew
from kg.bulk.messages import Poison, Result, Setup
from kg.bulk.quarantine import QuarantineError
from kg.bulk.settings import EACH, Settings
from kg.errors import DataError, KgError
from kg.ingest import Reading, select_articles
from kg.sources.reading import read_articles

if TYPE_CHECKING:
    import pandas
    from pyspark.sql import DataFrame, SparkSession

LANG = "ru"
OUTPUT = "kind string, value string"
ROW = "id string, title string, text string, lang string, published string, url string, source string"
WHOLE = "path string, modificationTime timestamp, length long, content binary"  # as Spark gives whole files
AT_ONCE = 256  # rows that a task takes from Spark at a time

Frames = Iterator["pandas.DataFrame"]


@dataclass(frozen=True, slots=True)
class Job:
    """What a job reads and writes; places are Spark's own (folders, hdfs://, s3a://).

    ``form`` is a key of READERS, ``files`` how many files a batch takes, ``parts`` how many tasks it is dealt to.
    """

    source: str
    output: str
    base: str
    form: str = "jsonl"
    least: float | None = None
    seconds: float = 60.0
    files: int = 64
    parts: int = 8
    limit: int = 64 * 2**20


def open_session(master: str | None) -> SparkSession:
    """A session, on the master that is given, else that of PYSPARK_SUBMIT_ARGS. Raises DataError without pyspark."""
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise DataError("this needs pyspark: pip install 'diplomatic-kg[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("kg bulk spark")
    builder = builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", str(AT_ONCE))
    builder = builder.config("spark.ui.showConsoleProgress", "true" if sys.stderr.isatty() else "false")
    return (builder.master(master) if master else builder).getOrCreate()


def run_job(session: SparkSession, job: Job) -> int:
    """Read all files that no run before has read; how many batches that took. Raises DataError where the job fails."""
    from pyspark.errors import PySparkException

    batches: list[int] = []

    def write(frame: DataFrame, number: int) -> None:
        batches.append(number)
        place = f"{job.output}/batch={number:06d}"
        frame.write.mode("overwrite").partitionBy("kind").option("compression", "gzip").text(place)

    try:
        rows = READERS[job.form](session, job).repartition(job.parts)
        query = rows.mapInPandas(make_reader(job), OUTPUT).writeStream.foreachBatch(write)
        query = query.option("checkpointLocation", f"{job.output}/_checkpoint")
        query.trigger(availableNow=True).start().awaitTermination()
    except PySparkException as error:
        raise DataError(f"the Spark job failed: {str(error).splitlines()[0]}") from error
    return len(batches)


def make_reader(job: Job) -> Callable[[Frames], Frames]:
    """What a task does: frames of rows to a frame of quads and errors for each batch of a worker."""

    def read(frames: Frames) -> Frames:
        import pandas

        crew = open_crew(Setup(job.base, job.least, gists=False), job.seconds)
        aside: list[str] = []

        def tell(error: KgError) -> None:
            aside.append(format_error("", str(error)))

        for frame in frames:
            with tempfile.TemporaryDirectory(prefix="kg-spark-") as folder:
                articles = select_articles(read_articles(unpack(frame, Path(folder)), job.limit, EACH), LANG, tell)
                for results in crew.read(articles):
                    yield pandas.DataFrame(map(format_result, results), columns=["kind", "value"])
        errors = [("errors", error) for error in aside]
        yield pandas.DataFrame(errors, columns=["kind", "value"], dtype=str)

    return read


@cache
def open_crew(setup: Setup, seconds: float) -> Crew:
    """The worker of this process, which tasks take in turns; it dies with the process."""
    return Crew(setup, Settings(workers=1, seconds=seconds))


def unpack(frame: pandas.DataFrame, folder: Path) -> list[Path]:
    """The files that rows are: whole ones as they were called, else one of JSON lines."""
    if "content" in frame.columns:
        files = zip(frame.path, frame.content, strict=True)
        return [write_file(folder, number, *file) for number, file in enumerate(files)]
    lines = frame.value if "value" in frame.columns else map(format_row, frame.to_dict("records"))
    path = folder / "rows.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="surrogatepass")
    return [path]


def write_file(folder: Path, number: int, name: str, content: bytes) -> Path:
    """One whole file, in a folder of its own, as two may have one name."""
    path = folder / str(number) / PurePosixPath(name).name
    path.parent.mkdir()
    path.write_bytes(content)
    return path


def format_row(row: dict[Any, Any]) -> str:
    """A row of a table as a line of JSON, without what is empty."""
    return json.dumps(
        {name: value for name, value in row.items() if isinstance(value, str)}, ensure_ascii=False, default=str
    )


def format_result(result: Result) -> tuple[str, str]:
    """What came of an article, as a row."""
    if isinstance(result, Reading):
        return "quads", result.quads.decode().removesuffix("\n")
    if isinstance(result, Poison):
        return "errors", format_error(result.article.id, str(QuarantineError(result.article.name, result.reason)))
    return "errors", format_error("", str(result))


def format_error(article: str, message: str) -> str:
    """What went wrong, as a line of JSON."""
    return json.dumps({"article": article, "error": message}, ensure_ascii=False)


def read_lines(session: SparkSession, job: Job) -> DataFrame:
    """A row a line of the files."""
    return session.readStream.format("text").option("maxFilesPerTrigger", job.files).load(job.source)


def read_rows(session: SparkSession, job: Job) -> DataFrame:
    """A row an article of Parquet files."""
    source = session.readStream.format("parquet").schema(ROW).option("maxFilesPerTrigger", job.files)
    return source.load(job.source)


def read_files(session: SparkSession, job: Job) -> DataFrame:
    """A row a file: web archives, pages, whatever else ``kg build`` reads."""
    source = session.readStream.format("binaryFile").schema(WHOLE).option("maxFilesPerTrigger", job.files)
    return source.load(job.source).select("path", "content")


READERS: dict[str, Callable[[SparkSession, Job], DataFrame]] = {
    "jsonl": read_lines,
    "parquet": read_rows,
    "files": read_files,
}
