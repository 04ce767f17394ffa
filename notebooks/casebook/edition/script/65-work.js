// What is kept, and what to do with it: a file to hand in, a file to take in, a clean slate.

const amount = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = made("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

// A page of another site that shows this one in a frame may forbid it to hand out a file, and says
// nothing.
const framed = () => window === window.top ? "" :
  ` If no file came, another site shows this page in a frame that forbids it: open the page by itself, at ${location.href.split("#")[0]}, and hand in there.`;

function workAlive(root, answers) {
  const says = made("p", { class: "lp-says", "aria-live": "polite" });
  let plan = null;
  let asked = false;
  let counts = true; // whether the line tells how many are kept, and follows it
  const say = text => {
    counts = text === look();
    says.textContent = text;
    answers.heard();
  };
  // Whatever is done in between, a deletion is asked for anew.
  const act = doing => async () => {
    const before = asked;
    asked = false;
    say(await doing(before));
  };
  const look = () => {
    const kept = answers.count();
    if (!kept) return "Nothing is kept yet. Answer a question in any lesson, and it is.";
    return `${amount(kept, "answer")} kept, as ${answers.file.learner}.`;
  };
  const name = textField("Pseudonym (optional)", "input", { type: "text", maxlength: 20, autocomplete: "off", placeholder: "not your name" }, () => {});
  const rename = () => {
    const wanted = name.box.value.trim();
    if (!PSEUDONYM.test(wanted)) return "Not kept: a pseudonym has 2 to 20 letters, digits and -, no spaces.";
    return answers.rename(wanted) || `From now on exports are signed ${wanted}.`;
  };
  const exported = () => {
    const { learner } = answers.file;
    download(`answers-of-${learner}.json`, answers.exported());
    const texts = answers.count(["writing"]);
    const left = texts ? ` ${amount(texts, "text")} of yours stayed here.` : "";
    const count = answers.count(CHOICES);
    const choices = `${amount(count, "choice")} with ${count === 1 ? "its day" : "their days"}`;
    return `Your file is answers-of-${learner}.json, among your downloads: upload it, or give it to your teacher. It has ${choices}, no time of day and no text of yours.${left} Your name is not in it.${framed()}`;
  };
  const file = made("input", { type: "file", accept: ".json", id: newName() });
  const older = tick("Import also in place of newer answers of mine", () => {});
  const chosen = async () => {
    plan = null;
    if (!file.files.length) return look();
    try {
      const found = read(await file.files[0].text());
      plan = answers.plan(found.good);
      const bad = found.bad ? ` ${amount(found.bad, "entry", "entries")} can't be used.` : "";
      return `The file would add ${amount(plan.fresh.length, "answer")}, replace ${plan.newer.length} of yours by newer, and leave ${plan.older.length} of yours that are newer; ${plan.same} the same.${bad} Press Import to do it.`;
    } catch (problem) {
      return `${file.files[0].name} can't be imported: ${problem.message}.`;
    }
  };
  file.addEventListener("change", act(chosen));
  const imported = () => {
    if (!plan) return "First choose a file, to see what it would change.";
    const over = older.element.querySelector("input").checked ? plan.older : [];
    const entries = [...plan.fresh, ...plan.newer, ...over];
    plan = null;
    return answers.add(entries) || `${amount(entries.length, "answer")} imported. Load the page anew to see them in its exercises.`;
  };
  const remove = before => {
    if (!before) {
      asked = true;
      return "This deletes every answer and text kept in this browser; there is no way back. Exported files stay. Press “Delete everything” once more to do it, or “Keep everything”.";
    }
    answers.forgetAll();
    return "Deleted. Load the page anew to see its exercises empty.";
  };
  const row = (...parts) => made("div", { class: "ed-buttons" }, ...parts);
  const take = made("div", { class: "ed-field" }, made("label", { for: file.id }, "A file of answers"), file);
  root.querySelector(".lp-controls").replaceChildren(
    row(button("Look again", act(look)), button("Hand in", act(exported))),
    row(name.element, button("Use this pseudonym", act(rename))),
    row(take, button("Import", act(imported)), older.element),
    row(button("Delete everything", act(remove)), button("Keep everything", act(look))),
  );
  root.querySelector(".lp-controls").after(says);
  says.textContent = look();
  return () => {
    if (counts) says.textContent = look();
  };
}
