"""`lipei faq …`: the knowledge base's own commands, and what is said under its name but needs the database as well."""

from faq.cli import app
from lipei.commands import questions

app.add_typer(questions.app, name="questions")
