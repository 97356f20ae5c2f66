"""How commands end: one clear line for what went wrong, and an exit status that says which kind it was."""

from __future__ import annotations

import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from kg.cli.output import print_error
from kg.errors import AnalysisError, DataError, EmptyError, KgError, QueryError, ReadError, StoreError

STATUSES = """Exit status: 0 all went well · 1 some article failed, the rest was done, or nothing fits what was asked
· 2 wrong arguments or query · 3 store or data unusable, nothing more was done · 130 interrupted"""

FAILED, USAGE, UNUSABLE, INTERRUPTED = 1, 2, 3, 130
EXITS: dict[type[KgError], int] = {
    ReadError: FAILED,
    AnalysisError: FAILED,
    EmptyError: FAILED,
    QueryError: USAGE,
    StoreError: UNUSABLE,
    DataError: UNUSABLE,
}


class Commands(TyperGroup):
    """A group of commands that turns known errors into one line and an exit status."""

    def invoke(self, ctx: Any) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KgError as error:
            print_error(error)
            raise typer.Exit(EXITS.get(type(error), FAILED)) from None
        except KeyboardInterrupt:
            print_error(KgError("interrupted"))
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:  # the reader (head, less) has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None
        except OSError as error:  # a full disk, a folder in the place of a file
            print_error(KgError(f"{error.filename or 'standard output'}: {error.strerror or error}"))
            raise typer.Exit(FAILED) from None
        return result
