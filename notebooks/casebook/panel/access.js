// Makes the controls of one panel safe and named for keyboard and screen reader (ipywidgets#3912, open):
// no key meant for a control reaches the notebook, sliders have names and values, toggles and radios say their state.
function mend(panel) {
  panel.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const control of panel.querySelectorAll("input, select, button, textarea, summary, a, [role=slider], [tabindex]"))
    control.setAttribute("data-lm-suppress-shortcuts", "true");
  for (const row of panel.querySelectorAll(".widget-hslider, .widget-slider")) {
    const handle = row.querySelector(".noUi-handle, [role=slider]");
    const name = row.querySelector(".widget-label");
    const says = row.querySelector(".widget-readout");
    if (!handle) continue;
    if (name) set(handle, "aria-label", name.textContent.trim());
    if (says) set(handle, "aria-valuetext", says.textContent.trim());
  }
  for (const toggle of panel.querySelectorAll(".widget-toggle-button"))
    set(toggle, "aria-pressed", toggle.classList.contains("mod-active") ? "true" : "false");
  for (const group of panel.querySelectorAll(".widget-radio-box")) {
    const name = group.parentElement.querySelector(".widget-label");
    set(group, "role", "radiogroup");
    // ipywidgets names radios by their description: two questions without one would be a single group to the browser.
    if (!group.dataset.lpGroup) group.dataset.lpGroup = `lp-${Math.random().toString(36).slice(2)}`;
    for (const radio of group.querySelectorAll("input[type=radio]")) rename(radio, group.dataset.lpGroup);
    set(group, "aria-label", (name && name.textContent.trim()) || panel.querySelector(".lp-question").textContent.trim());
  }
  for (const line of panel.querySelectorAll(".lp-says")) set(line, "aria-live", "polite");
}

// Keeps what was checked: a radio that joins a group with a checked one would else lose its mark.
function rename(radio, name) {
  if (radio.name === name) return;
  const checked = radio.checked;
  radio.name = name;
  radio.checked = checked;
}

// Space on a slider does nothing there, so the browser would scroll the page by a screen.
function stay(event) {
  if (event.key === " " && event.target.getAttribute("role") === "slider") event.preventDefault();
}

// A link to a heading of the lesson: JupyterLab keeps a heading's name in data-jupyter-id, where no browser looks,
// and the minutes that a heading ends with belong to that name.
function leap(event) {
  const link = event.target.closest('a[href^="#"]');
  if (!link) return;
  const name = CSS.escape(decodeURIComponent(link.hash.slice(1)));
  const heading = document.querySelector(`:is([data-jupyter-id="${name}"], [data-jupyter-id^="${name}-·-"], [id="${name}"])`);
  if (!heading) return;
  event.preventDefault();
  heading.scrollIntoView({ block: "start" });
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function set(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export default {
  render({ el }) {
    el.style.display = "none";
    let watcher, waiting;
    const start = () => {
      const panel = el.closest(".lp-panel");
      if (!panel) { waiting = requestAnimationFrame(start); return; }
      panel.setAttribute("role", "group");
      const question = panel.querySelector(".lp-question");
      if (question) panel.setAttribute("aria-label", question.textContent.trim());
      mend(panel);
      panel.addEventListener("keydown", stay);
      panel.addEventListener("click", leap);
      watcher = new MutationObserver(() => mend(panel));
      watcher.observe(panel, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["class"] });
    };
    start();
    return () => { cancelAnimationFrame(waiting); if (watcher) watcher.disconnect(); };
  },
};
