"""Ways to recognise intents, one YAML file each, trained and measured under the same conditions."""

from evaluation.pipelines.measure import measure_pipeline
from evaluation.pipelines.project import load, names, stratified, training_sentences

__all__ = ["load", "measure_pipeline", "names", "stratified", "training_sentences"]
