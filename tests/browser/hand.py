"""How fast a widget is under the hand: from the key press to the new result on the screen, in a
real browser.

The yardstick, in the same run and browser: an IntSlider with `interactive_output` that draws one
scatter as PNG.
"""

import csv
import datetime as dt
import os
import statistics
import subprocess
import sys
from pathlib import Path

import psutil
from ipywidgets import Button, Checkbox, Dropdown, SelectionSlider
from playwright.sync_api import TimeoutError as Late

from browser.conftest import FLAGS, WIDE, Lab, Lesson, chromium
from browser.twin import IN_PAGE, SLIDERS, controls_of, panels_of

HOUSE = Path(__file__).resolve().parents[2]
STEPS = 8  # states visited on the way there, and again on the way back
YARDSTICK = [
    (
        "import ipywidgets as widgets, matplotlib.pyplot as plt, numpy as np\nfrom IPython.display"
        " import display"
    ),
    (
        "def draw(n):\n    x = np.random.default_rng(n).normal(size=(2, 200))\n    fig, ax ="
        " plt.subplots(figsize=(8.6, 4.5))\n    ax.scatter(*x)\n    ax.set_title(f'state {n}')\n   "
        " plt.show()"
    ),
    (
        "slider = widgets.IntSlider(0, 0, 60)\ndisplay(slider, widgets.interactive_output(draw,"
        " {'n': slider}))"
    ),
]
# What a learner has done before, without which lesson 09 has nothing to look back at; the day on
# which its panels open stays as it is.
BEGUN = """
from casebook import open_tables
from casebook.answers import learner
from casebook.subjects.forecasts.methods.scores import key_of
from casebook.panel.kept import opened_key
questions = open_tables().questions
day = sorted(set(questions["opens"]))[1]
for question in questions[questions["opens"] == day].itertuples():
    learner().keep("forecast", key_of(question), 0.7)
learner().keep("writing", opened_key(day), "opened")
"""
GROWS = ("00", "01", "07")  # lessons whose widgets read claims or messages
LEARNERS = 10


def lines() -> list[tuple]:
    """A line for each widget of the casebook: (lesson, question, what moves in the page, its place,
    key there, key back, steps).

    Of the exercises, which are many and alike, the first of each lesson; of each widget the first
    control with most states.
    """
    found = []
    for path in sorted((HOUSE / "notebooks").glob("[0-9]*.ipynb")):
        asked = set()
        for panel in panels_of(path, code_track=False):
            controls, question = controls_of(panel), panel.stored()[0].split("\n")[0]
            kind = (
                "exercise"
                if any(getattr(c, "description", "") == "Check" for c in controls)
                else question
            )
            if kind in asked or not controls:
                continue
            asked.add(kind)
            if kind == "exercise":
                place = next(n for n, c in enumerate(controls) if c.description == "Hint")
                found.append((path.stem[:2], question, place, "Enter", "Enter", 2))
                continue
            place = max(range(len(controls)), key=lambda n: states(controls[n]))
            there, back = {True: ("ArrowRight", "ArrowLeft")}.get(
                isinstance(controls[place], SLIDERS), ("ArrowDown", "ArrowUp")
            )
            if isinstance(controls[place], (Checkbox, Button)):
                there = back = " " if isinstance(controls[place], Checkbox) else "Enter"
            found.append(
                (
                    path.stem[:2],
                    question,
                    place,
                    there,
                    back,
                    min(STEPS, states(controls[place]) - 1),
                )
            )
    return found


def states(control) -> int:
    """How many states a control can take, as far as keys reach them one after the other."""
    if isinstance(control, (SelectionSlider, Dropdown)):
        return len(control.options)
    if isinstance(control, SLIDERS):
        return STEPS + 1
    return 2 if isinstance(control, Checkbox) and not control.disabled else 1


# Times one key: when it went down, when what the place shows had changed and was painted; and the
# kernel's own clock.
WATCH = """place => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    // What the kernel draws, not the slider's own readout, which the page changes by itself.
    const look = () => [...place.querySelectorAll('.widget-html-content, img')].map(e =>
        e.src ?? e.textContent).join();
    const run = window.lpRun = {down: 0, shown: 0, messages: []};
    const before = look();
    const heard = (_, {msg, direction}) => run.messages.push([direction, msg.header.msg_type,
        msg.content.execution_state, Date.parse(msg.header.date)]);
    kernel.anyMessage.connect(heard);
    const seen = async () => {
        if (look() === before) return;
        watcher.disconnect();
        await Promise.all([...place.querySelectorAll('img')].map(i => i.decode().catch(() =>
            null)));
        requestAnimationFrame(() => setTimeout(() => { run.shown = performance.now();
            run.at = Date.now(); kernel.anyMessage.disconnect(heard); }));
    };
    const watcher = new MutationObserver(seen);
    watcher.observe(place, {childList: true, subtree: true, characterData: true, attributes: true,
        attributeFilter: ['src']});
    document.addEventListener('keydown', () => { run.down = performance.now();
        run.wall = Date.now(); }, {once: true, capture: true}); }"""


def press(page, place, key):
    """Milliseconds from a key to the new result in ``place``: (all, reaching the kernel, in the
    kernel, back and on screen).
    """
    handle = place.element_handle()
    page.evaluate(WATCH, handle)
    page.keyboard.press(key)
    page.wait_for_function("() => window.lpRun.shown", timeout=5_000)
    run = page.evaluate("() => window.lpRun")
    page.wait_for_timeout(60)
    busy = [
        at
        for direction, kind, state, at in run["messages"]
        if direction == "recv" and kind == "status" and state == "busy"
    ]
    sent = [
        at
        for direction, kind, state, at in run["messages"]
        if direction == "recv" and kind in ("comm_msg", "display_data")
    ]
    took = run["shown"] - run["down"]
    reach = busy[0] - run["wall"] if busy else 0
    drawn = sent[-1] - busy[0] if busy and sent else 0
    return took, reach, drawn, took - reach - drawn


def walk(page, place, control, there, back, steps=STEPS):
    """The times of so many keys to new states, and of the same number back to states already
    seen.
    """
    control.focus()
    new, seen = [], []
    for key, times in ((there, new), (back, seen)):
        alike = 0
        for _ in range(steps):
            try:
                times.append(press(page, place, key))
            except Late:  # this state looks like the last one; the second time, they all may
                alike += 1
                if alike == 2:
                    break
    return new, seen


def say(name, times, yardstick):
    """A row (name, value, target): median beside the yardstick's, 95th percentile, and where the
    time goes.
    """
    took = [t[0] for t in times]
    if not took:
        return name, "this control changes nothing that is shown", "at most 0.7 x"
    parts = [statistics.median(t[i] for t in times) for i in (1, 2, 3)]
    high = sorted(took)[max(0, round(0.95 * len(took)) - 1)]
    value = (
        f"{statistics.median(took) / yardstick:.2f} x a plain slider ({statistics.median(took):.0f}"
        f" ms, 95th percentile {high:.0f}; reaching the kernel {parts[0]:.0f}, in it"
        f" {parts[1]:.0f}, back and on screen {parts[2]:.0f})"
    )
    return name, value, "at most 0.7 x"


def write_notebook(path: Path, cells: list[str]):
    from nbformat import v4, write

    kernel = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}
    }  # else JupyterLab asks
    write(v4.new_notebook(cells=[v4.new_code_cell(c) for c in cells], metadata=kernel), path)


def yardstick_of(browser, lab) -> list[tuple]:
    """The plain slider's times."""
    write_notebook(lab.folder / "notebooks" / "yardstick.ipynb", YARDSTICK)
    page = browser.new_page(viewport=WIDE)
    lesson = Lesson(page, lab, "yardstick.ipynb")
    lesson.run_all()
    place = page.locator(".jp-OutputArea").filter(has=page.locator("[role=slider]")).last
    times, _ = walk(page, place, page.locator("[role=slider]").first, "ArrowRight", "ArrowLeft")
    page.close()
    return times


def panel_of(lesson, question):
    """The panel of a question, run."""
    return (
        lesson.page.locator(".lp-panel")
        .filter(has=lesson.page.locator(".lp-question", has_text=question))
        .first
    )


def times_of(browser, lab, widgets) -> dict[tuple, tuple[list, list]]:
    """{(lesson, question): (new states, seen states)} for some of ``lines()``."""
    elsewhere = {
        name: value for name, value in os.environ.items() if name != "CASEBOOK_WORK"
    }  # nobody's own work
    subprocess.run(
        [sys.executable, "-c", BEGUN], cwd=lab.folder / "notebooks", env=elsewhere, check=True
    )
    found = {}
    for number in dict.fromkeys(w[0] for w in widgets):
        (path,) = (lab.folder / "notebooks").glob(f"{number}-*.ipynb")
        page = browser.new_page(viewport=WIDE)
        lesson = Lesson(page, lab, path.name)
        assert lesson.run_all() == []
        for _, question, place, there, back, steps in (w for w in widgets if w[0] == number):
            panel = panel_of(lesson, question)
            panel.scroll_into_view_if_needed()
            found[number, question] = walk(
                page,
                panel,
                panel.locator(IN_PAGE).locator("visible=true").nth(place),
                there,
                back,
                steps,
            )
        page.close()
    return found


def hundredfold(lab):
    """A hundred times today's claims and messages in the data of a lab: copies with days and
    identifiers of their own.
    """
    for name, key in (("claims", "claim_id"), ("messages", "message_id")):
        path = lab.folder / "data" / f"{name}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        taken = {row[key] for row in rows}
        more = []
        for copy in range(1, 100):
            for row in rows:
                new = dict(row)
                if name == "messages":
                    day = dt.date.fromisoformat(row["message_id"][1:11]) - dt.timedelta(days=copy)
                    letter = next(
                        c for c in "abcdefghijklmnopqrstuvwxyz" if f"M{day}-{c}" not in taken
                    )
                    new["message_id"] = f"M{day}-{letter}"
                    new["date"] = str(day)
                else:
                    new["claim_id"] = f"{row['claim_id']}{copy:02d}"
                taken.add(new[key])
                more.append(new)
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows + more)


def hand_figures():
    """Key press to new result for each widget, cached and uncached apart; and with a hundred times
    the data.
    """
    from playwright.sync_api import sync_playwright

    if chromium() is None:
        return [("key press to new result", "not measured: no Chromium found", "at most 0.7 x")]
    with sync_playwright() as playwright:
        browser, widgets = (
            playwright.chromium.launch(executable_path=chromium(), args=FLAGS),
            lines(),
        )
        lab = Lab()
        try:
            before = yardstick_of(browser, lab)
            today = times_of(browser, lab, widgets)
            plain = before + yardstick_of(browser, lab)
        finally:
            lab.close()
        lab = Lab()
        hundredfold(lab)
        try:
            many = times_of(browser, lab, [w for w in widgets if w[0] in GROWS])
        finally:
            lab.close()
            browser.close()
    yardstick = statistics.median(t[0] for t in plain)
    rows = [("plain slider, key press to new picture", f"{yardstick:.0f} ms", "the yardstick")]
    for (lesson, question), (new, seen) in today.items():
        name = f"{lesson} “{question[:60]}”"
        rows += [
            say(f"{name}, new states", new, yardstick),
            say(f"{name}, seen states", seen, yardstick),
        ]
    for which, place in (("new", 0), ("seen", 1)):
        rows.append(
            say(
                f"all widgets, {which} states",
                [t for times in today.values() for t in times[place]],
                yardstick,
            )
        )
    for key, (new, _) in many.items():
        ours, theirs = (statistics.median(t[0] for t in times) for times in (new, today[key][0]))
        rows.append(
            (
                f"{key[0]} “{key[1]}”, with a hundred times the claims and messages",
                f"{ours / theirs:.2f} x ({ours:.0f} ms)",
                "at most 3 x",
            )
        )
    return rows


def crowd_figures():
    """Ten learners at once on this machine, each running a lesson and moving its first widget."""
    from playwright.sync_api import sync_playwright

    if chromium() is None:
        return [("ten learners at once", "not measured: no Chromium found", "no failure")]
    lessons = [
        w
        for w in lines()
        if w[5] == STEPS and "address" not in w[1] and "guess" not in w[1].lower()
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        lab = Lab()
        try:
            failures, times, learners = 0, [], []
            for n in range(LEARNERS):
                number, question, place, there, _, _ = lessons[n % len(lessons)]
                (path,) = (lab.folder / "notebooks").glob(f"{number}-*.ipynb")
                own = f"learner-{n}-{path.name}"
                (lab.folder / "notebooks" / own).write_bytes(path.read_bytes())
                learners.append(
                    (Lesson(browser.new_page(viewport=WIDE), lab, own), question, place, there)
                )
            for lesson, *_ in learners:
                lesson.page.evaluate(
                    "() => { window.jupyterapp.commands.execute('notebook:run-all-cells') }"
                )
            for lesson, *_ in learners:
                lesson.wait_for_kernel()
                failures += len(lesson.errors())
                lesson.show_all()
            places = []
            for lesson, question, place, there in learners:
                panel = panel_of(lesson, question)
                panel.locator(IN_PAGE).locator("visible=true").nth(place).focus()
                places.append((lesson.page, panel, there))
            for _ in range(STEPS):  # all press before any waits
                for page, panel, _key in places:
                    page.evaluate(WATCH, panel.element_handle())
                for page, _panel, key in places:
                    page.keyboard.press(key)
                for page, _panel, _key in places:
                    try:
                        page.wait_for_function("() => window.lpRun.shown", timeout=30_000)
                        run = page.evaluate("() => window.lpRun")
                        times.append(run["shown"] - run["down"])
                    except Late:
                        # At the end of its list a control sends nothing; sent and not shown fails.
                        failures += bool(page.evaluate("() => window.lpRun.messages.length"))
            failures += sum(len(lesson.errors()) for lesson, *_ in learners)
            kernels = [
                p
                for p in psutil.Process(lab.pid).children(recursive=True)
                if any("ipykernel" in part for part in p.cmdline())
            ]
            memory = [p.memory_info().rss / 1e6 for p in kernels]
        finally:
            lab.close()
            browser.close()
    high = sorted(times)[round(0.95 * len(times)) - 1]
    return [
        (
            f"{LEARNERS} learners at once: cells in error, results that did not come",
            str(failures),
            "0",
        ),
        (
            f"{LEARNERS} learners at once: memory of a learner's kernel",
            f"{statistics.median(memory):.0f} MB, at most {max(memory):.0f} MB",
            "printed",
        ),
        (
            f"{LEARNERS} learners at once: key press to new result",
            f"median {statistics.median(times):.0f} ms, 95th percentile {high:.0f} ms",
            "printed",
        ),
    ]
