"""`lipei faq …`: for the editors of the knowledge base."""

import csv
import json
from pathlib import Path
from typing import NoReturn

import typer
from pydantic import ValidationError

from faq.catalogue import ENTRIES_DIR, Entry, append_entry, load_entries
from faq.errors import FaqError

app = typer.Typer(help="The knowledge base: search it, check it, add to it.", no_args_is_help=True)
AS_JSON = typer.Option(False, "--json", help="One JSON object instead of text.")
_COLUMNS = ("id", "category", "question", "answer", "source_kind", "source", "phrasings")
_TABLE_HELP = f"TSV with a header: {', '.join(_COLUMNS)} (phrasings parted by |)."


@app.command()
def build() -> None:
    """Make the index ready, so that the next start takes seconds. The first time takes half a minute."""
    from faq import service

    try:
        index = service.get_index()
    except FaqError as error:
        _fail(str(error))
    typer.echo(f"{len(index.entries)} entries, {len(index.texts)} questions and phrasings are ready.")


@app.command()
def search(
    question: str = typer.Argument(help="A question as a customer would ask it."),
    k: int = typer.Option(5, "-k", min=1, help="How many entries to show."),
    as_json: bool = AS_JSON,
) -> None:
    """Show what the bot would do with a question, and the entries nearest to it."""
    from faq import service
    from faq.decide import Answer, AskBack

    try:
        decision, hits = service.answer(question), service.search(question, k)
    except FaqError as error:
        _fail(str(error))
    kind = "answer" if isinstance(decision, Answer) else "ask_back" if isinstance(decision, AskBack) else "unknown"
    if as_json:
        found = [{"entry": hit.entry_id, "question": hit.question, "score": round(hit.score, 3)} for hit in hits]
        typer.echo(json.dumps({"decision": kind, "hits": found}, ensure_ascii=False))
        return
    said = {
        "answer": "The bot answers with the first.",
        "ask_back": "The bot asks which of the first three is meant.",
        "unknown": "The bot says that it does not know, and the question goes to the editors.",
    }
    typer.echo(said[kind])
    for hit in hits:
        typer.echo(f"{hit.score:7.2f}  {hit.entry_id:28}  {hit.question}")


@app.command()
def lint(folder: Path = typer.Option(ENTRIES_DIR, help="The folder of the entry files.")) -> None:
    """Check the entries: ids used twice, missing sources, too few phrasings, the same sentence under two entries."""
    from faq.lint import lint as check

    if not any(folder.glob("*.yml")):
        _fail(f"{folder} holds no entries (*.yml).")
    findings = check(folder)
    for finding in findings:
        typer.echo(str(finding))
    errors = sum(finding.level == "error" for finding in findings)
    typer.echo(f"{errors} errors, {len(findings) - errors} warnings")
    if errors:
        raise typer.Exit(1)


@app.command()
def add(
    entry_id: str = typer.Option(..., "--id", help="Lower-case letters, digits and _, e.g. auto_glass."),
    category: str = typer.Option(..., help="The entry goes into the file of this name."),
    question: str = typer.Option(..., help="The question in one short sentence."),
    answer: str = typer.Option(..., help="One to four sentences; the last says what to do."),
    source_kind: str = typer.Option(..., help="law, clause or promise."),
    source: str = typer.Option(..., help="E.g. 《保险法》第二十三条."),
    phrasing: list[str] = typer.Option([], help="Another way to ask it; give it four times or more."),
    folder: Path = typer.Option(ENTRIES_DIR, help="The folder of the entry files."),
) -> None:
    """Add one entry."""
    values = (entry_id, category, question, answer, source_kind, source, "|".join(phrasing))
    row = dict(zip(_COLUMNS, values, strict=True))
    _store([_checked(row, "the new entry")], folder)
    typer.echo(f"Added {entry_id} to {category}.yml. Run `lipei faq lint`, then restart the bot.")


@app.command("import")
def import_(
    file: Path = typer.Argument(help=_TABLE_HELP),
    folder: Path = typer.Option(ENTRIES_DIR, help="The folder of the entry files."),
) -> None:
    """Add the entries of a table. All of them or, if one is wrong, none."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.DictReader(opened, delimiter="\t")
            missing = [column for column in _COLUMNS if column not in (reader.fieldnames or [])]
            if missing:
                _fail(f"{file} lacks the columns {', '.join(missing)}.")
            rows = list(reader)
    except (OSError, UnicodeDecodeError) as error:
        _fail(f"{file} cannot be read as UTF-8 text: {error}")
    _store([_checked(row, f"{file.name}, row {number}") for number, row in enumerate(rows, 2)], folder)
    typer.echo(f"Added {len(rows)} entries. Run `lipei faq lint`, then restart the bot.")


def _checked(row: dict[str, str], where: str) -> Entry:
    phrasings = [text.strip() for text in (row["phrasings"] or "").split("|") if text.strip()]
    source = {"kind": row["source_kind"], "reference": row["source"]}
    fields = {name: row[name] for name in ("id", "category", "question", "answer")}
    try:
        return Entry.model_validate({**fields, "source": source, "phrasings": phrasings})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors())
        _fail(f"{where}: {problems}")


def _store(entries: list[Entry], folder: Path) -> None:
    if not folder.is_dir():
        _fail(f"there is no folder {folder}.")
    try:
        taken = {entry.id for entry in load_entries(folder)} if any(folder.glob("*.yml")) else set()
    except FaqError as error:
        _fail(str(error))
    for entry in entries:
        if entry.id in taken:
            _fail(f"the id {entry.id} is already used; nothing was added.")
        taken.add(entry.id)
    for entry in entries:
        append_entry(folder / f"{entry.category}.yml", entry)


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(1)
