// Ctrl + Shift + H shows the code of all cells, and folds again what the lesson keeps folded (⌘ + Shift + H on a Mac).

const TYPED_IN = "textarea, [contenteditable=true], input:not([type=radio], [type=checkbox], [type=button])";

function pressed(event) {
  const latin = /^[a-z]$/i.test(event.key); // else a Cyrillic or a Korean keyboard: the place of the key counts
  const h = latin ? event.key.toLowerCase() === "h" : event.code === "KeyH";
  return h && event.shiftKey && !event.altKey && (event.ctrlKey || event.metaKey);
}

// Not by JupyterLab's "Expand All Code", which writes into the notebook what is folded, and folds the Code track too.
function toggle(notebook) {
  const cells = notebook.widgets.filter((cell) => cell.model.type === "code");
  const hidden = cells.filter((cell) => cell.inputHidden);
  const folds = cells.filter((cell) => !(cell.model.getMetadata("tags") || []).includes("code-track"));
  for (const cell of hidden.length ? hidden : folds) {
    cell.syncCollapse = false; // the file stays as it is
    cell.inputHidden = !hidden.length;
  }
}

// The browser's Back and Forward go from lesson to lesson; JupyterLab changes the address alone.
function back(app) {
  const path = decodeURIComponent(location.pathname.split("/doc/tree/")[1] || "");
  if (path && path !== app.shell.currentWidget?.context?.path) app.commands.execute("docmanager:open", { path });
}

export default {
  id: "letters-to-pact:code",
  autoStart: true,
  activate(app) {
    window.addEventListener("popstate", () => back(app));
    // On the window, so before JupyterLab's own keys (its list of keys is at Ctrl + Shift + H too), and with the focus
    // in a panel's button as well.
    window.addEventListener(
      "keydown",
      (event) => {
        const notebook = app.shell.currentWidget?.content;
        if (!pressed(event) || event.target.closest?.(TYPED_IN) || !notebook?.widgets) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        toggle(notebook);
      },
      true,
    );
  },
};
