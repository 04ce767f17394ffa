// What JupyterLab loads first, in the form that it asks of an extension. There is nothing to build: start.py names the
// folder (LabApp.extra_labextensions_path), and the browser reads these files as they are.
(() => {
  const here = document.currentScript.src;
  const modules = ["code.js", "present.js"].map((name) => () => import(new URL(name, here)));
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["letters-to-pact"] = {
    init() {},
    async get() {
      const plugins = (await Promise.all(modules.map((load) => load()))).map((module) => module.default);
      return () => ({ __esModule: true, default: plugins });
    },
  };
})();
