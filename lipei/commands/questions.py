"""`lipei faq questions …`: what the knowledge base could not answer, or answered without helping, for its editors."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from claims import audit, unanswered
from claims.database import unit_of_work
from faq.catalogue import ENTRIES_DIR
from faq.editing import add_phrasing
from faq.errors import EntriesInvalid
from faq.questions import grouped
from lipei.console import console, fail

app = typer.Typer(help="Questions that were not answered, or not helpfully.", invoke_without_command=True)
ACTOR = "cli"
QuestionId = Annotated[str, typer.Argument(help="Id of a question, or the beginning of it, as the list shows it.")]


@app.callback()
def listing(
    context: typer.Context,
    limit: int = typer.Option(200, min=1, help="How many questions to look at, the last asked first."),
    as_json: bool = typer.Option(False, "--json", help="One JSON object instead of text."),
) -> None:
    """List open questions, grouped where they ask the same, with the entries they may belong to."""
    if context.invoked_subcommand is not None:
        return
    with unit_of_work(read_only=True) as work:
        groups = grouped(unanswered.waiting(work.session, limit))
    if as_json:
        typer.echo(json.dumps({"groups": groups}, ensure_ascii=False))
        return
    if not groups:
        typer.echo("No question waits for an editor.")
        return
    table = Table("id", "asked", "question", "why", "perhaps")
    for group in groups:
        perhaps = "\n".join(suggestion["entry"] for suggestion in group["suggestions"])
        for place, question in enumerate(group["questions"]):
            why = f"{question['entry']} did not help" if question["kind"] == "down_vote" else "not answered"
            table.add_row(
                question["id"][:8],
                str(question["count"]),
                question["text"],
                why,
                perhaps if place == 0 else "",
                end_section=place == len(group["questions"]) - 1,
            )
    console().print(table)


@app.command()
def done(question_ids: Annotated[list[str], typer.Argument(help="Ids, or the beginnings of them.")]) -> None:
    """Mark questions as dealt with."""
    with unit_of_work() as work:
        for start in question_ids:
            question = unanswered.find(work.session, start)
            unanswered.settle(work.session, question)
            audit.record(work.session, ACTOR, "question_settled", f"question:{question.id}")
        work.commit()
    typer.echo(f"{len(question_ids)} done.")


@app.command()
def assign(
    question_id: QuestionId,
    entry: str = typer.Argument(help="The entry that answers it, e.g. auto_glass."),
    wording: str | None = typer.Option(None, "--as", help="Add this wording instead of the customer's."),
    folder: Path = typer.Option(ENTRIES_DIR, help="The folder of the entry files."),
) -> None:
    """Add the wording of a question to an entry, and mark the question as dealt with."""
    with unit_of_work() as work:
        question = unanswered.find(work.session, question_id)
        text = (wording or question.text).strip()
        if "***" in text:
            fail("the question holds hidden personal data; give the wording without it: --as TEXT")
        unanswered.settle(work.session, question, entry)
        audit.record(work.session, ACTOR, "question_settled", f"question:{question.id}", {"entry": entry})
        try:
            path = add_phrasing(entry, text, folder)
        except EntriesInvalid as error:
            fail(str(error))
        work.commit()
    typer.echo(f"Added to {entry} in {path.name}. Run `lipei faq lint`, then restart the bot.")
