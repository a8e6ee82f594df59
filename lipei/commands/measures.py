"""`lipei eval …`, all of it: what evaluate.py measures, and what needs a module of its own."""

from lipei.commands import desk, feedback, moods, pipelines, reliability
from lipei.commands.evaluate import app

app.command("feedback")(feedback.feedback)
app.command("pipelines")(pipelines.pipelines)
app.command("storm")(reliability.storm)
app.command("intake")(reliability.intake)
app.command("desk")(desk.desk)
app.command("handover")(reliability.handover)
app.command("mood")(moods.mood)
