import io
import json

from rich.console import Console

from onrecord.evaluate import MEASURES, confidence_intervals, evaluate, report


def printed(*renderables):
    console = Console(file=io.StringIO(), width=80, force_terminal=False)
    for renderable in renderables:
        console.print(renderable, soft_wrap=True)
    return console.file.getvalue()


def test_the_table_shows_every_measure_with_its_figures(gold, pred):
    pred["claims"].pop(0)
    lines = printed(report.measures_table(evaluate([gold], [pred]))).splitlines()
    rows = {line.split()[0]: line.split()[1:] for line in lines if line.strip()}
    assert rows["claims"] == ["1.000", "0.800", "0.889", "5", "4", "4"]
    assert set(MEASURES) < set(rows)


def test_the_table_shows_intervals(gold, pred):
    result = evaluate([gold], [pred])
    assert "1.000 to 1.000" in printed(report.measures_table(result, confidence_intervals(result, 5)))


def test_the_breakdown_fits_a_terminal(gold, pred):
    lines = printed(report.breakdown_table(evaluate([gold], [pred]), "speech_act")).splitlines()
    assert lines[0].split()[:4] == ["speech", "act", "gold", "pred."]
    assert [line.split()[0] for line in lines[1:]] == ["denial", "dismissal", "statement"]
    assert not any("…" in line for line in lines)


def test_figures_and_dates_are_broken_down_by_kind(gold, pred):
    result = evaluate([gold], [pred])
    assert printed(report.breakdown_table(result, "modifier")).splitlines()[0].split()[1:] == [
        *("gold", "pred.", "P", "R", "F1"),
        *("+modifier", "+unit", "+counted"),
    ]
    by_type = {
        line.split()[0] for line in printed(report.breakdown_table(result, "date_type")).splitlines()[1:]
    }
    assert by_type == {date["type"] for date in gold["dates"]}


def test_faults_are_told_article_by_article(gold, pred):
    pred["dates"].pop()
    assert printed(*report.fault_lines(evaluate([gold], [pred]))).splitlines()[:2] == [
        "harbour",
        "  date missed: d2 “May” DATE 2024-05 (2024-05-01 to 2024-05-31)",
    ]
    assert "all right" in printed(*report.fault_lines(evaluate([gold], [gold])))
    assert "no prediction" in printed(*report.fault_lines(evaluate([gold], [])))


def test_predicted_text_cannot_steer_the_terminal(gold, pred):
    pred["actors"].append({"id": "a9", "name": "\x1b[31mX\x9b1m\u202e [bold]y[/bold]", "type": "person"})
    shown = printed(*report.fault_lines(evaluate([gold], [pred])))
    assert "actor spurious" in shown
    assert "[bold]y[/bold]" in shown
    assert not set("\x1b\x9b\u202e") & set(shown)


def test_notes_tell_what_is_missing_and_what_is_a_stray(gold):
    stray = {"article": {"id": "other", "text": "Something else altogether."}}
    assert printed(*report.notes(evaluate([gold], [stray]))).splitlines() == [
        "1 gold article has no prediction: harbour",
        "1 predicted record belongs to no gold article: other",
    ]


def test_json(gold, pred):
    pred["claims"].pop(0)
    result = evaluate([gold], [pred])
    intervals = confidence_intervals(result, 5)
    told = json.loads(json.dumps(report.as_json(result, by="quotation", errors=True, intervals=intervals)))
    expected = {"precision": 1.0, "recall": 0.8, "f1": 0.8889, "gold": 5, "predicted": 4, "right": 4}
    assert told["overall"]["claims"] == told["articles"]["harbour"]["claims"] == expected
    assert told["by"]["quotation"]["direct"]["claims"]["gold"] == 1
    assert told["errors"]["harbour"][0]["verdict"] == "missed"
    assert told["intervals"]["claims"] == [0.8889, 0.8889]
    assert set(report.as_json(result)) == {"overall", "articles", "missing", "strays"}
