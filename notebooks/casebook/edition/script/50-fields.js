// The controls of a page: native ones. Each field has its element, and ``show`` sets what it shows.

function made(tag, traits = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(traits)) {
    if (name === "html") element.innerHTML = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

let count = 0;

function newName() {
  count += 1;
  return `field-${count}`;
}

function button(text, press) {
  return made("button", { type: "button", onclick: press }, text);
}

// ``options`` are [HTML, value]; the label may be empty where the panel's question is the name.
function radios(label, options, moved) {
  const name = newName();
  const group = made("fieldset", { class: "ed-group" });
  const show = (now, offered = options) => {
    if (show.offered !== offered) {
      const boxes = offered.map(([html, value]) => {
        const box = made("input", { type: "radio", name, onchange: () => moved(value) });
        box.answer = value;
        return made("label", {}, box, made("span", { html }));
      });
      const legend = made("legend", label.hidden ? { class: "ed-unseen" } : {}, label.text);
      group.replaceChildren(legend, ...boxes);
      show.offered = offered;
    }
    for (const box of group.querySelectorAll("input")) box.checked = box.answer === now;
  };
  return { element: group, show };
}

function list(label, options, moved) {
  const id = newName();
  const select = made("select", { id, onchange: () => moved(show.offered[select.selectedIndex][1]) });
  const show = (now, offered = options) => {
    if (show.offered !== offered) {
      select.replaceChildren(...offered.map(([text]) => made("option", {}, text)));
      show.offered = offered;
    }
    select.selectedIndex = offered.findIndex(option => option[1] === now);
  };
  const name = made("label", { for: id, html: label });
  return { element: made("div", { class: "ed-field" }, name, select), show };
}

// A slider over options, with a button for each of ``steps``, which ``stepped`` hears of.
function slider(label, options, moved, steps = [], stepped = null) {
  const id = newName();
  const says = made("output", { for: id });
  const range = made("input", {
    id, type: "range", min: 0, max: options.length - 1, step: 1,
    oninput: () => {
      const [, value] = options[range.valueAsNumber];
      show(value);
      moved(value);
    },
  });
  const show = now => {
    const place = options.findIndex(option => option[1] === now);
    range.value = place;
    range.setAttribute("aria-valuetext", options[place][0]);
    says.textContent = options[place][0];
  };
  const buttons = steps.map((text, n) => button(text, () => stepped(n ? 1 : -1)));
  const name = made("label", { for: id }, label);
  return { element: made("div", { class: "ed-field ed-slide" }, name, range, says, ...buttons), show };
}

function tick(html, moved) {
  const box = made("input", { type: "checkbox", onchange: () => moved(box.checked) });
  const show = now => {
    box.checked = now;
  };
  return { element: made("label", { class: "ed-tick" }, box, made("span", { html })), show };
}

// Boxes of which any number may be ticked; the value is the list of those that are.
function ticks(label, options, moved) {
  let now = [];
  const boxes = options.map(([html, value]) => tick(html, is => {
    now = options.map(option => option[1]).filter(v => (v === value ? is : now.includes(v)));
    moved(now);
  }));
  const show = value => {
    now = value || [];
    options.forEach((option, n) => boxes[n].show(now.includes(option[1])));
  };
  const legend = made("legend", label.hidden ? { class: "ed-unseen" } : {}, label.text);
  const element = made("fieldset", { class: "ed-group" }, legend, ...boxes.map(box => box.element));
  return { element, show };
}

function textField(label, tag, traits, moved) {
  const id = newName();
  const box = made(tag, { id, ...traits, onchange: () => moved(box.value) });
  const show = now => {
    box.value = now === null ? "" : now;
  };
  return { element: made("div", { class: "ed-field" }, made("label", { for: id }, label), box), show, box };
}
