// The gate by keyboard: from question to question, choosing by number, confirming, ticking, undoing.
// What is ticked stays so while one question after another is answered. The page works without it, one
// form for each question.

const questions = [...document.querySelectorAll("[data-question]")];
const keys = document.querySelector("[data-keys]");
if (keys) keys.hidden = false;

const current = () => questions.indexOf(document.activeElement?.closest("[data-question]") ?? null);

function go(number) {
  const question = questions[Math.max(0, Math.min(questions.length - 1, number))];
  if (!question) return;
  question.focus({ preventScroll: true });
  // What was just done, and how to undo it, stands above the first one.
  const top = question === questions[0] ? document.querySelector("[data-entries]") : question;
  top.scrollIntoView({ block: "start", behavior: "instant" });
}

function choose(question, number) {
  const radio = question.querySelectorAll("[type=radio]")[number - 1];
  if (!radio) return;
  radio.checked = true;
  radio.focus({ preventScroll: true });
  if (radio.value === "other") question.querySelector("[data-other]").focus();
}

function press(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const field = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
  if (field) return;
  const question = questions[current()];
  if (event.key === "j" || event.key === "k") go(question ? current() + (event.key === "j" ? 1 : -1) : 0);
  else if (event.key === "c") document.querySelector("[data-ticked]")?.requestSubmit();
  else if (event.key === "u") document.querySelector("[data-undo]")?.requestSubmit();
  else if (!question) return;
  else if (/^[1-9]$/.test(event.key)) choose(question, Number(event.key));
  else if (event.key === "x") question.querySelector("[data-tick]")?.click();
  else if (event.key === "Enter" && !event.target.closest("a, button")) question.querySelector("[data-answer]").requestSubmit();
  else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && event.target === question) go(current() + (event.key === "ArrowDown" ? 1 : -1));
  else return;
  event.preventDefault();
}

// Whoever types another paragraph means it.
for (const other of document.querySelectorAll("[data-other]")) {
  other.addEventListener("input", () => {
    other.closest(".option").querySelector("[type=radio]").checked = true;
  });
}

// A tick names the paragraph and what was proposed for it: of anything else it is no tick.
const ticks = [...document.querySelectorAll("[data-tick]")];
const ticked = new Set(JSON.parse(sessionStorage.getItem("gate-ticks") ?? "[]"));
for (const tick of ticks) tick.checked ||= ticked.has(tick.value);
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick]")) return;
  ticked[event.target.checked ? "add" : "delete"](event.target.value);
  sessionStorage.setItem("gate-ticks", JSON.stringify([...ticked]));
});

document.addEventListener("keydown", press);
// After a decision the page comes back at the next question; where there is none left on this page, at the first.
// The browser goes there by itself too, so the last word is ours only once the page is loaded.
const arrived = questions.findIndex((question) => `#${question.id}` === location.hash);
if (questions.length && location.hash.startsWith("#p-")) {
  addEventListener("load", () => go(Math.max(0, arrived)));
}
