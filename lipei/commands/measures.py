"""`lipei eval …`, all of it: what evaluate.py measures, and what needs a module of its own."""

from lipei.commands import desk, feedback, moods, outreach, pipelines, reliability
from lipei.commands.evaluate import app

app.command("pipelines")(pipelines.pipelines)
app.command("feedback")(feedback.feedback)
app.command("mood")(moods.mood)
app.command("storm")(reliability.storm)
app.command("intake")(reliability.intake)
app.command("handover")(reliability.handover)
app.command("desk")(desk.desk)
app.command("outreach")(outreach.outreach)
