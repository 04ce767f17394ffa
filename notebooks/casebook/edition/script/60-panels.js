// Panels and exercises under the hand: a model each, native controls, and what is shown.

// The parts of a panel that Python wrote into the page.
function frameOf(root) {
  const part = name => root.querySelector(`:scope > .lp-${name}`);
  return {
    question: part("question").textContent,
    controls: part("controls"),
    says: part("says"),
    result: part("result"),
  };
}

// HTML in place of what an element shows; what was scrolled sideways stays where it was.
function showHtml(element, html) {
  if (element.shown === html) return;
  const wide = () => [...element.querySelectorAll(".ed-wide")];
  const places = wide().map(box => box.scrollLeft);
  element.shown = html;
  element.innerHTML = html;
  dress(element);
  wide().forEach((box, n) => { box.scrollLeft = places[n] || 0; });
}

function fieldOf(control, which, model, moved) {
  const name = { text: control.label };
  const first = model.offer(which).options;
  const options = first.map(([called, value]) => [escaped(called), value]);
  const set = value => moved(() => model.move(which, value));
  if (control.kind === "tick") {
    const field = tick(escaped(control.label), is => set(first[is ? 1 : 0][1]));
    return { ...field, show: now => field.show(now === first[1][1]) };
  }
  if (control.kind === "pick") {
    // The subsets are numbered as binary numbers, the first box being the highest bit.
    const bits = control.boxes.map((box, n) => 2 ** (control.boxes.length - 1 - n));
    const boxes = control.boxes.map((box, n) => [escaped(box), n]);
    const sum = chosen => first[chosen.reduce((all, n) => all + bits[n], 0)][1];
    const field = ticks(name, boxes, chosen => set(sum(chosen)));
    const place = now => first.findIndex(option => option[1] === now);
    const chosen = now => bits.map((bit, n) => n).filter(n => place(now) & bits[n]);
    return { ...field, show: now => field.show(chosen(now)) };
  }
  if (control.kind === "radio") {
    const field = radios(name, options, set);
    const offered = new Map([[first, options]]);  // what is offered → the same as HTML
    const asHtml = now => {
      if (!offered.has(now)) offered.set(now, now.map(([called, value]) => [escaped(called), value]));
      return offered.get(now);
    };
    return { ...field, show: now => field.show(now, asHtml(model.offer(which).options)) };
  }
  if (control.kind === "slide") {
    return slider(control.label, first, set, control.steps, by => moved(() => model.step(which, by)));
  }
  const field = list(escaped(control.label), first, set);
  return { ...field, show: now => field.show(now, model.offer(which).options) };
}

function panelAlive(root, data, parts) {
  const frame = frameOf(root);
  const model = new PanelModel(data, parts);
  let rows = false;
  const draw = () => {
    fields.forEach((field, which) => field.show(model.values[which]));
    frame.says.innerHTML = model.says;
    dress(frame.says);
    showHtml(frame.result, model.html + (rows ? model.rows : ""));
  };
  const moved = act => {
    act();
    draw();
  };
  const fields = data.controls.map((control, which) => fieldOf(control, which, model, moved));
  const open = tick(escaped(data.rows_label), is => moved(() => {
    rows = is;
    model.line = "";
  }));
  const shown = [...fields, ...(data.rows_label ? [open] : [])];
  frame.controls.replaceChildren(...shown.map(field => field.element));
  fields.forEach((field, which) => field.show(model.values[which]));
}

// The field in which an exercise is answered.
function answerField(task, question, changed) {
  const name = { text: question, hidden: true };
  const options = task.choices.map(([value, html]) => [html, value]);
  if (task.kind === "choose" || task.kind === "vote") return radios(name, options, changed);
  if (task.kind === "choose all") return ticks(name, options, changed);
  if (task.kind === "sort") return sortField(task, changed);
  if (task.kind === "predict") {
    const steps = Array.from({ length: task.most + 1 }, (_, n) => [String(n), n]);
    const guess = slider("Your guess", steps, changed);
    return { ...guess, show: now => guess.show(now === null ? 0 : now) };
  }
  if (task.kind === "sentence") {
    const traits = { rows: 3, maxlength: task.longest, placeholder: "your words" };
    return textField("Your sentence", "textarea", traits, text => changed(text.trim()));
  }
  const traits = { type: "text", inputmode: "numeric", placeholder: "a number", autocomplete: "off" };
  return textField("Number", "input", traits, text => changed(wholeNumber(text)));
}

// A whole number as people write it, 5532, 5,532 or 5 532: casebook/exercises/fields.py.
function wholeNumber(text) {
  const isOne = /^(\d+|\d{1,3}([,'’\s]\d{3})+)$/.test(text.trim());
  const digits = isOne ? text.replace(/\D/g, "") : "";
  return digits && digits.length < 9 ? Number(digits) : null;
}

function sortField(task, changed) {
  const bins = [[task.empty, ""], ...task.bins.map(bin => [bin, bin])];
  const answer = Object.fromEntries(task.choices.map(choice => [choice[0], ""]));
  const lists = task.choices.map(([value, html]) => list(html, bins, bin => {
    answer[value] = bin;
    changed({ ...answer });
  }));
  const show = now => {
    task.choices.forEach(([value], n) => {
      answer[value] = (now && now[value]) || "";
      lists[n].show(answer[value]);
    });
  };
  return { element: made("div", { class: "ed-sort" }, ...lists.map(field => field.element)), show };
}

// What each exercise shows hangs on what was said in others: the tally, a comparison.
const redraws = [];

function taskAlive(root, lesson, answers) {
  const frame = frameOf(root);
  const { task: id, part } = root.dataset;
  const checks = part === "check";
  const model = checks ? new TaskModel(id, lesson, answers) : new CommitModel(id, lesson, answers, part);
  const redraw = () => showHtml(frame.result, model.html);
  redraws.push(redraw);
  const draw = () => {
    frame.says.innerHTML = model.says;
    dress(frame.says);
    redraws.forEach(each => each());
  };
  const act = doing => () => {
    doing();
    draw();
  };
  const field = answerField(model.task, frame.question, answer => act(() => model.change(answer))());
  const fold = (name, key, hide = `Hide the ${name.toLowerCase()}`) => {
    const press = button(name, act(() => {
      model.fold(key);
      const isOpen = key ? model.open[key] : model.open;
      press.textContent = isOpen ? hide : name;
    }));
    return press;
  };
  const buttons = [];
  if (checks) {
    const worked = fold("Worked answer", "worked");
    worked.disabled = true;
    const check = button("Check", act(() => {
      model.check();
      worked.disabled = model.checks === 0;
      if (model.checks) letOpen(root);
    }));
    buttons.push(check, fold("Hint", "hint"), worked);
  } else if (part === "compare") {
    const { name, hide } = model.task.rules;
    buttons.push(fold(name, "", hide));
  }
  frame.controls.replaceChildren(field.element, made("div", { class: "ed-buttons" }, ...buttons));
  field.show(model.answer);
  frame.says.innerHTML = model.says;
  redraw();
}
