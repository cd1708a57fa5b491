// The workbench without losing one's place: every act is sent by itself, and only the rows that it changed are put in. Paragraphs are
// opened, moved and undone by keyboard, and dragged by mouse or finger. Without this the same forms send the same acts.

const rows = document.querySelector("[data-rows]");
const bar = document.querySelector("[data-bar]");
const status = bar.querySelector("[data-status]");
const here = location.pathname;
let sending = false;
let leaving = false;

const rowOf = (element) => element?.closest?.(".bench-row");
const rowWith = (key) => document.getElementById(`p-${key}`);
const keyOf = (row) => row.id.slice(2);
const typing = (element) => element?.matches?.("input, textarea, select") ?? false;

function say(sentence, wrong = false) {
  status.textContent = sentence;
  bar.classList.toggle("is-wrong", wrong);
}

function isDirty(form) {
  return [...form.elements].some((field) => {
    if (field.localName === "select") return [...field.options].some((option) => option.selected !== option.defaultSelected);
    return typing(field) && field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

// What the server answers: whether it took the act, and the part of the page that changed; null where there is none.
// Or that it was held back because of who sent it, for which there is a page of its own.
async function ask(address, body = null) {
  try {
    const options = { headers: { "HX-Request": "true" }, method: body ? "POST" : "GET", body };
    const response = await fetch(address, options);
    if ([401, 419].includes(response.status)) return { held: true };
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const part = page.querySelector("[data-part]");
    return part && { part, taken: response.ok };
  } catch {
    return null;
  }
}

// Put a row where it belongs; false where the row before it is not on this page, which is then too old.
function put(row) {
  const before = row.dataset.after;
  const previous = before && rowWith(before);
  if (before && !previous) return false;
  document.getElementById(row.id)?.remove();
  if (previous) previous.after(row);
  else rows.prepend(row);
  for (const button of row.querySelectorAll("[data-split]")) button.hidden = false;
  return true;
}

// Put everything in; the rows that were put in, or null while the page is loaded anew.
function take(part) {
  for (const key of part.dataset.gone.split(" ").filter(Boolean)) rowWith(key)?.remove();
  const found = [...part.querySelectorAll("ol > .bench-row")];
  if (!found.every(put)) {
    location.assign(`${here}?#p-${part.dataset.focus || keyOf(found[0])}`);
    location.reload();
    return null;
  }
  const steps = bar.querySelector("[data-steps]");
  const now = part.querySelector("[data-steps]");
  if (now.dataset.revision - part.dataset.made > steps.dataset.revision) bar.querySelector("[data-stale]").hidden = false;
  steps.replaceWith(now);
  if (report) settle(found);
  document.querySelector("[data-facts]").replaceWith(part.querySelector("[data-facts]"));
  return found;
}

function goTo(row, control = "") {
  const wanted = (control && row?.querySelector(control)) || row;
  wanted?.focus({ preventScroll: true });
  row?.scrollIntoView({ block: "nearest" });
  // A row can be higher than the screen.
  if (wanted !== row) wanted?.scrollIntoView({ block: "nearest" });
}

// Leave with what is typed, to the page that says what has happened and leads back.
function handOver(form, pressed = null) {
  leaving = true;
  if (form) form.dispatchEvent(new CustomEvent("consult:held", { bubbles: true, detail: pressed }));
  else location.reload();
}

// Send one act; `control` finds what gets the focus in the row afterwards, the row itself where there is none such.
async function send(address, body, { form = null, pressed = null, control = "" } = {}) {
  if (sending) return;
  sending = true;
  rowOf(form)?.classList.add("bench-busy");
  say(rows.dataset.sending);
  const answer = await ask(address, body);
  sending = false;
  rowOf(form)?.classList.remove("bench-busy");
  if (form) delete form.dataset.sentAt;
  if (!answer) {
    say(rows.dataset.failed, true);
    return;
  }
  if (answer.held) {
    handOver(form, pressed);
    return;
  }
  const { part, taken } = answer;
  const found = take(part);
  if (!found) return;
  say(part.dataset.said, !taken);
  if (taken) {
    document.getElementById("new")?.remove();
    // What was brought back from signing in has been sent now.
    document.querySelector("[data-brought-back]")?.remove();
    goTo(rowWith(part.dataset.focus), control);
  } else if (found.length) {
    const wrong = found.at(-1).querySelector("[data-theirs]");
    if (wrong) wrong.focus();
    else found.at(-1).dispatchEvent(new CustomEvent("consult:opened", { bubbles: true }));
  }
}

// An act on a paragraph whose form is not open.
function quick(row, act, behind = "") {
  const token = bar.querySelector("[name=csrf_token]").value;
  send(`${here}/${keyOf(row)}`, new URLSearchParams({ csrf_token: token, act, behind }));
}

async function open(link) {
  const answer = await ask(link.href);
  const found = answer && take(answer.part);
  if (!answer) location.assign(link.href);
  if (found?.length) goTo(found.at(-1), "textarea");
}

async function close(row) {
  const key = row.id === "new" ? row.dataset.after : keyOf(row);
  const answer = await ask(`${here}?show=${key}`);
  const found = answer && take(answer.part);
  if (!found) return;
  document.getElementById("new")?.remove();
  goTo(rowWith(key), ".bench-change");
}

function split(form) {
  const text = form.elements.text;
  const place = text.selectionStart;
  if (!text.value.slice(0, place).trim() || !text.value.slice(place).trim()) {
    say(rows.dataset.cursor, true);
    text.focus();
    return;
  }
  text.setRangeText("\n\n", place, place, "end");
  form.requestSubmit(form.querySelector("[value=save]"));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-bench], [data-steps]")) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  const pressed = event.submitter;
  if (pressed?.name) body.set(pressed.name, pressed.value);
  const control = ["up", "down", "place"].includes(pressed?.value) ? `[name=act][value=${pressed.value}]` : "";
  send(form.action, body, { form, pressed, control });
});

rows.addEventListener("click", (event) => {
  const { target } = event;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = target.closest(".bench-change, [data-add]");
  const leaving = target.closest("[data-close]");
  if (!link && !leaving) {
    if (target.closest("[data-split]")) split(target.closest("form"));
    return;
  }
  event.preventDefault();
  if (link) open(link);
  else close(rowOf(leaving));
});

function step(row, forward) {
  let next = row;
  do next = forward ? next.nextElementSibling : next.previousElementSibling;
  while (next && !next.matches(".bench-row"));
  if (next) goTo(next, ".bench-change, textarea");
}

rows.addEventListener("keydown", (event) => {
  const row = rowOf(event.target);
  const form = event.target.closest("form");
  if (event.key === "Escape" && row?.querySelector("form")) {
    if (!isDirty(row.querySelector("form"))) close(row);
    return;
  }
  if (!row || form || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.key === "Enter" && event.target === row) row.querySelector(".bench-change")?.click();
  if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
  event.preventDefault();
  const down = event.key === "ArrowDown";
  if (event.altKey) quick(row, down ? "down" : "up");
  else step(row, down);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  const wanted = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : "";
  const button = wanted && bar.querySelector(`[name=${wanted}]`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && [...rows.querySelectorAll("form[data-bench]")].some(isDirty)) event.preventDefault();
});

// Dragging. One handle goes to the row under the pointer; everybody else has the buttons and keys.
const handle = document.createElement("span");
handle.className = "bench-handle";
handle.title = rows.dataset.handle;
let drag = null; // the row, the row that it would come behind, and where the pointer is

rows.addEventListener("pointerover", (event) => {
  const row = rowOf(event.target);
  if (drag || !row || row === handle.parentElement || row.matches(".bench-title, .bench-new")) return;
  row.append(handle);
});

function aim() {
  if (!drag) return;
  if (drag.y < 110) window.scrollBy({ top: -12, behavior: "instant" });
  if (drag.y > window.innerHeight - 60) window.scrollBy({ top: 12, behavior: "instant" });
  const box = rows.getBoundingClientRect();
  const over = rowOf(document.elementFromPoint(box.left + box.width / 2, drag.y));
  let behind = over;
  if (over) {
    const { top, height } = over.getBoundingClientRect();
    if (drag.y < top + height / 2) behind = over.previousElementSibling;
  }
  if (behind?.id?.startsWith("p-") && behind !== drag.behind) {
    drag.behind?.classList.remove("bench-landing");
    drag.behind = behind;
    behind.classList.add("bench-landing");
  }
  requestAnimationFrame(aim);
}

function drop(keep) {
  if (!drag) return;
  const { row, behind } = drag;
  drag = null;
  row.classList.remove("bench-dragged");
  behind?.classList.remove("bench-landing");
  if (keep && behind && behind !== row && behind !== row.previousElementSibling) quick(row, "behind", keyOf(behind));
}

handle.addEventListener("pointerdown", (event) => {
  event.preventDefault();
  handle.setPointerCapture(event.pointerId);
  drag = { row: rowOf(handle), behind: null, y: event.clientY };
  drag.row.classList.add("bench-dragged");
  requestAnimationFrame(aim);
});
handle.addEventListener("pointermove", (event) => {
  if (drag) drag.y = event.clientY;
});
handle.addEventListener("pointerup", () => drop(true));
handle.addEventListener("pointercancel", () => drop(false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") drop(false);
});

// The report: a mark is stored as soon as it is set.
const report = document.querySelector("[data-findings]");

function mark() {
  const done = report.querySelectorAll("[name=looked]:checked");
  const line = report.querySelector("[data-looked]");
  line.textContent = line.dataset.looked.replace("{n}", done.length);
  for (const was of report.querySelectorAll("[name=was]")) was.remove();
  for (const box of [...done].filter((one) => !one.disabled)) {
    const was = document.createElement("input");
    Object.assign(was, { type: "hidden", name: "was", value: box.value });
    report.append(was);
  }
  for (const link of rows.querySelectorAll(".bench-flags a")) {
    link.closest("li").hidden = document.getElementById(link.hash.slice(1)).checked;
  }
  for (const flags of rows.querySelectorAll(".bench-flags")) flags.hidden = !flags.querySelector("li:not([hidden])");
}

// What was asked for and is there by now is ticked for good; undone, it is asked for again.
function settle(found) {
  for (const row of found) {
    for (const link of report.querySelectorAll(`a[href="#${row.id}"]`)) {
      const box = link.closest("li").querySelector("[name=looked]");
      const asked = row.querySelector(`.bench-flags a[href="#${box.id}"]`);
      if (!box.checked || box.disabled) box.checked = box.disabled = !asked;
    }
  }
  mark();
}

report?.addEventListener("change", async () => {
  const answer = await ask(report.action, new URLSearchParams(new FormData(report)));
  if (answer?.held) handOver(report);
  else if (answer?.taken) mark();
  else say(answer?.part.dataset.said ?? rows.dataset.failed, true);
});
if (report) report.querySelector("[data-keep]").hidden = true;

for (const button of rows.querySelectorAll("[data-split]")) button.hidden = false;
rows.querySelector("[data-theirs]")?.focus();
