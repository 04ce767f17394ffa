"""What a page of the edition costs: its size, the time to the first text, from a control to its new
result, the memory of its tab.
"""

import gzip
import re
import statistics
import tempfile
import time
from pathlib import Path

import psutil
from playwright.sync_api import sync_playwright

from browser.conftest import FLAGS, WIDE, chromium, load
from helpers import build_edition, notebooks

MB = 1_000_000
RUNS = 5  # openings of a page
# Times every move of every panel and scene: from the change to the frame that shows it.
MOVED = """async () => {
    const found = [], painted = () => new Promise(done => requestAnimationFrame(() => {
        const {port1, port2} = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
    }));
    for (const root of document.querySelectorAll('[data-panel], [data-scene]')) {
        root.scrollIntoView();
        const control = root.querySelector('input[type=range], select:not(:disabled)');
        if (!control) continue;
        for (let step = 0; step < 8; step += 1) {
            await painted();
            const begun = performance.now();
            if (control.type === 'range') {
                control.value = (control.valueAsNumber + 1) % (Number(control.max) + 1);
                control.dispatchEvent(new Event('input'));
            } else {
                control.selectedIndex = (control.selectedIndex + 1) % control.options.length;
            }
            control.dispatchEvent(new Event('change'));
            await painted();
            found.push(performance.now() - begun);
        }
    }
    return found; }"""
FIRST_TEXT = """() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime
    ?? new Promise(done => new PerformanceObserver(list => done(list.getEntries()[0].startTime))
        .observe({type: 'paint', buffered: true}))"""


def sizes(folder: Path) -> tuple[dict[str, int], int]:
    """Compressed bytes: of each page with all that it loads, and of the whole edition."""
    packed = {
        path.relative_to(folder).as_posix(): len(gzip.compress(path.read_bytes(), 6))
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    shared = sum(size for name, size in packed.items() if name.startswith("assets/"))
    pages = {}
    for notebook in notebooks():
        name = notebook.stem
        pictures = re.findall(r"pictures/\w+\.svg", (folder / f"{name}.html").read_text("utf-8"))
        own = packed[f"{name}.html"] + packed[f"data/{name}.js"]
        pages[name] = own + shared + sum(packed[one] for one in set(pictures))
    return pages, sum(packed.values())


def tab_memory(chrome, page) -> int:
    """Bytes that the largest tab has to itself, once what it no longer uses is given back: a page
    that was loaded five times leaves much of that, and a browser collects it when it likes.
    """
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    session = chrome.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    tabs = [one["id"] for one in processes if one["type"] == "renderer"]
    return max(psutil.Process(one).memory_full_info().uss for one in tabs)


def page_figures() -> list[tuple[str, str, str]]:
    """A line for each figure of the edition: (name, value, target)."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "edition")
        began = time.perf_counter()
        build_edition(folder)
        took = time.perf_counter() - began
        pages, whole = sizes(folder)
        largest = max(pages, key=pages.get)
        rows = [
            ("building the edition", f"{took:.0f} s", "under 120 s"),
            ("the whole edition, compressed", f"{whole / MB:.1f} MB", "under 15 MB"),
            (
                f"the largest page, {largest}, with all states, compressed",
                f"{pages[largest] / MB:.2f} MB",
                "at most 1.5 MB",
            ),
        ]
        if chromium() is None:
            return [*rows, ("pages under the hand", "not measured: no Chromium found", "")]
        return rows + _in_a_browser(folder)


def _in_a_browser(folder: Path) -> list[tuple[str, str, str]]:
    texts, moves, memory = {}, {}, {}
    with sync_playwright() as playwright:
        for notebook in notebooks():
            chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
            page = chrome.new_page(viewport=WIDE)
            address = (folder / f"{notebook.stem}.html").as_uri()
            opened = []
            for _ in range(RUNS):
                load(page, address)
                opened.append(page.evaluate(FIRST_TEXT))
            texts[notebook.stem] = statistics.median(opened)
            moves[notebook.stem] = page.evaluate(MOVED)
            memory[notebook.stem] = tab_memory(chrome, page)
            chrome.close()
    every = [one for found in moves.values() for one in found]
    slowest = max(texts, key=texts.get)
    heaviest = max(memory, key=memory.get)
    worst = max(moves, key=lambda name: statistics.median(moves[name] or [0]))
    return [
        (f"first text, slowest page ({slowest})", f"{texts[slowest]:.0f} ms", "under 1,000 ms"),
        (
            f"a control to its new result, {len(every)} moves",
            f"{statistics.median(every):.0f} ms, at most {max(every):.0f} ms",
            "median under 50 ms",
        ),
        (
            f"the same on the slowest page ({worst})",
            f"{statistics.median(moves[worst]):.0f} ms",
            "median under 50 ms",
        ),
        (
            f"memory of the tab after all moves, heaviest page ({heaviest})",
            f"{memory[heaviest] / MB:.0f} MB",
            "under 120 MB",
        ),
    ]
