"""A record as YAML, ready for seeds/corpus/records/: the fields in the schema's order, every value
a text, what is empty left out.
"""

import yaml

from casebook.records import context, documents

PARTS = {
    "signs": documents.Sign,
    "chain": documents.Step,
    "quotes": documents.Quote,
    "claims": documents.Claim,
    "events": context.Event,
}
LINE = 110  # characters; a longer value is folded, which changes nothing in it


def as_yaml(record: dict) -> str:
    """``record``, {field: text or list of {field: text}}, as YAML; the reader gives the same texts
    back.

    Fields that are no field of the schema stand last, so that the check can name them. A required
    field without a value is written as an empty one: the check then says what it may hold.
    """
    # The same text, six times as fast, where there is a C library.
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return yaml.dump(
        _ordered(record, documents.Record),
        Dumper=dumper,
        sort_keys=False,
        allow_unicode=True,
        width=LINE,
        default_flow_style=False,
    )


def _ordered(row: dict, model) -> dict:
    found = {}
    for name in [*model.model_fields, *(name for name in row if name not in model.model_fields)]:
        value = row.get(name, "")
        if name in PARTS and isinstance(value, (list, tuple)):
            value = [_ordered(part, PARTS[name]) for part in value]
        required = name in model.model_fields and model.model_fields[name].is_required()
        if value or required:
            found[name] = value
    return found
