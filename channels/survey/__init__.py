"""The questionnaire by a single-use link: one question a page, plain HTML, without scripts."""
