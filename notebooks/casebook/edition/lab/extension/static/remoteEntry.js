// What JupyterLite loads first, in the form that it asks of an extension. There is nothing to build: the browser reads
// these files as they are.
(() => {
  const here = document.currentScript.src;
  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB["letters-to-pact-site"] = {
    init() {},
    async get() {
      const module = await import(new URL("site.js", here));
      return () => ({ __esModule: true, default: module.default });
    },
  };
})();
