// Forms: what is wrong gets the focus, nothing is sent twice, characters are counted, passwords can be shown, and what
// somebody has begun to write survives a closed page. Every form works without this.

const KEPT = ["text", "quote", "quote_prefix", "quote_suffix", "suggestion", "kind", "stance"];

// A second submission within this time (in milliseconds) is taken for a double click.
const PATIENCE = 8000;

const left = (box, field) => Number(box.dataset.limit) - [...field.value].length;

function count(field) {
  const box = field.closest("[data-limit]");
  const line = box?.querySelector(".limit");
  if (!line) return;
  const rest = left(box, field);
  // The sentence about the limit stands until it matters, so that nobody hears numbers while typing.
  if (rest > Number(box.dataset.limit) / 5) return;
  const words = rest < 0 ? box.dataset.over : box.dataset.left;
  line.textContent = words.replace("{n}", Math.abs(rest).toLocaleString(document.documentElement.lang));
  line.classList.toggle("is-over", rest < 0);
}

function addPasswordToggle(box) {
  const field = box.querySelector("input");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "as-link password-toggle";
  const draw = () => {
    button.textContent = field.type === "password" ? box.dataset.show : box.dataset.hide;
  };
  button.addEventListener("click", () => {
    field.type = field.type === "password" ? "text" : "password";
    draw();
  });
  // A password is never sent as plain text, so that no browser keeps it among what was typed before.
  field.form?.addEventListener("submit", () => {
    field.type = "password";
    draw();
  });
  draw();
  field.after(button);
}

const place = (form) => `draft:${form.dataset.draft}:${form.elements.parent?.value ?? ""}`;

function keep(form) {
  const values = {};
  for (const name of KEPT) values[name] = form.elements[name]?.value ?? "";
  const written = values.text || values.suggestion || values.quote;
  try {
    if (written) sessionStorage.setItem(place(form), JSON.stringify(values));
    else sessionStorage.removeItem(place(form));
  } catch {
    // Storage can be full or forbidden; the form works without it.
  }
}

function kept(form) {
  try {
    return JSON.parse(sessionStorage.getItem(place(form)) ?? "null");
  } catch {
    return null;
  }
}

// The form in which somebody was writing who went to sign in; its words are shown first when they come back.
const GOING_ON = "going-on";
const goingOn = () => JSON.parse(sessionStorage.getItem(GOING_ON) ?? "null");

function restore(form) {
  const values = kept(form);
  if (!values) return;
  if (values.sent && document.querySelector(".notice-success, .notice-information")) {
    sessionStorage.removeItem(place(form));
    return;
  }
  if (form.elements.text.value || document.querySelector("[data-error-summary]")) return;
  for (const name of KEPT) {
    if (form.elements[name] && values[name]) form.elements[name].value = values[name];
  }
  for (const details of form.querySelectorAll("details")) {
    if (details.querySelector("textarea:not([readonly])").value) details.open = true;
  }
  const line = document.createElement("p");
  line.className = "say-after";
  line.setAttribute("role", "status");
  line.textContent = form.dataset.unsaved;
  line.tabIndex = -1;
  form.prepend(line);
  if (goingOn()?.draft === form.dataset.draft) {
    sessionStorage.removeItem(GOING_ON);
    line.focus();
  }
  form.dispatchEvent(new CustomEvent("consult:restored", { bubbles: true }));
}

function enhance(root) {
  const wrong = root.querySelector("[data-error-summary]");
  // Focusing brings it into view, and moves nothing where it is in view already.
  const told = root.querySelector("#comment-form [data-notice]") ?? root.querySelector("[data-notice]");
  (wrong ?? told)?.focus();
  for (const box of root.querySelectorAll("[data-password]")) {
    if (!box.querySelector(".password-toggle")) addPasswordToggle(box);
  }
  for (const form of root.querySelectorAll("form[data-draft]")) restore(form);
}

document.addEventListener("input", (event) => {
  count(event.target);
  const form = event.target.closest("form[data-draft]");
  if (form) keep(form);
});

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    const now = Date.now();
    if (now - Number(form.dataset.sentAt ?? 0) < PATIENCE) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    form.dataset.sentAt = now;
    if (form.dataset.draft && kept(form)) {
      sessionStorage.setItem(place(form), JSON.stringify({ ...kept(form), sent: true }));
    }
  },
  true,
);

// An answer that a form was not acted on for want of who sent it is a page with everything that was typed, and the browser
// shows that: so the form is sent once more, its own way.
function handOver(form, pressed) {
  if (pressed?.name) {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: pressed.name, value: pressed.value });
    form.append(field);
  }
  form.submit();
}
document.addEventListener("consult:held", (event) => handOver(event.target, event.detail));
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const { xhr, requestConfig } = event.detail;
  if (xhr.status < 400 || xhr.status === 422) return;
  event.preventDefault();
  const form = requestConfig.elt;
  if ([401, 419].includes(xhr.status)) handOver(form, requestConfig.triggeringEvent?.submitter);
  else tell(form, new DOMParser().parseFromString(xhr.responseText, "text/html").querySelector("[data-refusal]"));
});
document.addEventListener("htmx:sendError", (event) => tell(event.detail.requestConfig.elt, null));

// What was not taken, or got no answer, is said at the form, which still has the words. `refusal`: that part of the answer.
function tell(form, refusal) {
  const told = document.createElement("div");
  told.className = "govuk-error-summary";
  told.dataset.errorSummary = "";
  told.setAttribute("role", "alert");
  told.tabIndex = -1;
  const title = document.createElement("h2");
  title.className = "govuk-error-summary__title";
  title.textContent = refusal?.querySelector("h1")?.textContent ?? form.dataset.unansweredTitle;
  refusal?.querySelector("h1")?.remove();
  const body = document.createElement("div");
  body.className = "govuk-error-summary__body";
  if (refusal) body.append(...refusal.children);
  else body.append(Object.assign(document.createElement("p"), { textContent: form.dataset.unanswered }));
  told.append(title, body);
  form.parentElement.querySelector("[data-error-summary]")?.remove();
  form.before(told);
  keep(form);
  told.focus();
}

// Whoever has just signed in goes on to the form that waits.
document.querySelector("form[data-go-on]")?.requestSubmit();

// Only the browser knows which part of the page the reader is at; signing in leads back to it.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-sign-in]");
  if (!link) return;
  const begun = [...document.querySelectorAll("form[data-draft]")].find(kept);
  if (begun) {
    const parent = begun.elements.parent?.value ?? "";
    sessionStorage.setItem(GOING_ON, JSON.stringify({ draft: begun.dataset.draft, parent }));
  }
  const open = document.querySelector(".text .open");
  const hash = open ? `#${open.id}` : location.hash;
  if (!hash) return;
  const address = new URL(link.href);
  const [page] = (address.searchParams.get("next") ?? "").split("#");
  if (page) address.searchParams.set("next", page + hash);
  link.href = address.href;
});

// A page that comes back from the browser's memory may be sent again, and so may a form whose sending failed.
const forget = () => {
  for (const form of document.querySelectorAll("form[data-sent-at]")) delete form.dataset.sentAt;
};
window.addEventListener("pageshow", forget);
document.addEventListener("htmx:afterRequest", forget);

// An error that one clicks leads to its field with the label in view, and opens what the field is folded into.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  for (let at = field.parentElement; at; at = at.parentElement) {
    if (at.localName === "details") at.open = true;
  }
  (field.closest(".govuk-form-group") ?? field).scrollIntoView();
  field.focus({ preventScroll: true });
});

document.addEventListener("consult:opened", (event) => enhance(event.target));
enhance(document);
