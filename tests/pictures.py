"""The pictures of README, taken anew: `python tests/pictures.py` writes docs/*.png from panels in a
real JupyterLab, as a learner's hand left them.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "notebooks"))

from playwright.sync_api import Locator, sync_playwright  # noqa: E402  casebook is not installed

from browser.conftest import FLAGS, Lab, Lesson, chromium  # noqa: E402

TALL = {"width": 1280, "height": 1500}  # a panel is taken whole, with nothing laid over it


def to_june_2024(panel: Locator):
    """The arc, moved to the day of the treaty."""
    while "as of 19 june 2024" not in panel.inner_text().lower():
        panel.get_by_role("button", name="Later").click()
        panel.page.wait_for_timeout(500)


def to_the_third_page(panel: Locator):
    """The whisper, passed on to the BBC story."""
    for page in panel.get_by_role("radiogroup").first.get_by_role("radio").all()[1:3]:
        page.click()
        panel.page.wait_for_timeout(500)


def vote_at_five_cards(panel: Locator):
    """The toast after five cards, with a vote at each."""
    for vote in ("true", "true", "can't tell", "can't tell", "false"):
        panel.get_by_role("button", name="Open the next card").click()
        panel.page.wait_for_timeout(500)
        panel.get_by_role("radiogroup").first.locator("label", has_text=vote).click()
        panel.page.wait_for_timeout(500)


# lesson, words that its panel alone has, what is done there, the picture
PICTURES = [
    ("00-start-here", "What was known, and when?", to_june_2024, "arc-as-of-june-2024"),
    ("01-three-reports", "Your vote now", vote_at_five_cards, "vote-by-cards"),
    ("02-whose-words", "The whisper", to_the_third_page, "the-whisper"),
]


def main():
    """Each picture, from a lesson run afresh."""
    lab = Lab()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for name, words, act, picture in PICTURES:
            lesson = Lesson(browser.new_page(viewport=TALL), lab, f"{name}.ipynb")
            lesson.run_all()
            panel = lesson.panels.filter(has_text=words).first
            panel.scroll_into_view_if_needed()
            act(panel)
            lesson.kernel_has_answered()
            panel.screenshot(path=ROOT / "docs" / f"{picture}.png")
            lesson.close()
    lab.close()


if __name__ == "__main__":
    main()
