// Scenes under the hand: native controls for what a model tells, of which only what changed is
// drawn anew, so that the focus stays where it is.

const numbered = options => options.map((option, n) => [option, n]);
const asHtml = options => options.map((option, n) => [escaped(option), n]); // of radio buttons

// For each kind of control: its element, and what shows what the model tells of it now.
const MAKERS = {
  select: (control, set) => offering(list(escaped(control.label), [], set), numbered),
  radio: (control, set, question) => {
    const name = control.label ? { text: control.label } : { text: question, hidden: true };
    return offering(radios(name, [], set), asHtml);
  },
  slide: (control, set) => {
    const field = slider(control.label, numbered(control.options), set);
    return { element: field.element, show: now => field.show(now.at) };
  },
  tick: (control, set) => {
    const field = tick(escaped(control.label), set);
    return { element: field.element, show: now => field.show(now.at) };
  },
  text: (control, set) => {
    const field = textField(control.label, "input", { type: "text", ...control.traits }, set);
    return { element: field.element, show: now => field.show(now.at) };
  },
  area: (control, set) => {
    const field = textField(control.label, "textarea", { rows: 3, placeholder: control.hint }, set);
    return { element: field.element, show: now => field.show(now.at) };
  },
  press: (control, set) => {
    const element = button(control.label, () => set(null));
    return { element, show: now => { element.textContent = now.label; } };
  },
  html: () => {
    const element = made("div", { class: "ed-told" });
    return { element, show: now => showHtml(element, now.at) };
  },
};

// A field whose options change: they are made anew only where they do.
function offering(field, offer) {
  let last = null;
  let offered = [];
  const show = now => {
    const words = now.options.join("\n");
    if (words !== last) offered = offer(now.options);
    last = words;
    field.show(now.at, offered);
  };
  return { element: field.element, show };
}

const everyScene = [];

function sceneAlive(root, scene) {
  const frame = frameOf(root);
  let fields = [];
  const draw = () => {
    const controls = scene.controls;
    fields = controls.map((control, place) => {
      const old = fields[place];
      if (old && old.kind === control.kind) return old;
      const set = value => act(() => scene.act(place, value));
      return { kind: control.kind, ...MAKERS[control.kind](control, set, frame.question) };
    });
    const elements = fields.map(field => field.element);
    const there = [...frame.controls.children];
    if (elements.some((element, n) => element !== there[n]) || there.length !== elements.length) {
      frame.controls.replaceChildren(...elements);
    }
    fields.forEach(({ element, show }, n) => {
      show(controls[n]);
      for (const part of [element, ...element.querySelectorAll("button, select, input, textarea")]) {
        if ("disabled" in part) part.disabled = Boolean(controls[n].off);
      }
      element.classList.toggle("ed-wide-field", Boolean(controls[n].wide));
    });
    showHtml(frame.says, marked(scene.says));
    showHtml(frame.result, scene.html);
  };
  // What is done in one scene may be shown in others: a headline, an outcome opened.
  const act = doing => {
    doing();
    draw();
    everyScene.filter(other => other.scene !== scene && other.scene.follows).forEach(other => {
      other.scene.follows();
      other.draw();
    });
  };
  everyScene.push({ scene, draw });
  draw();
}
