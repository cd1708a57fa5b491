// The reading page: a count opens its conversation in the margin, or under its paragraph where there is no margin. Without this
// the same links lead to the paragraph's own page.

const text = document.querySelector(".text");
const margin = document.querySelector(".margin-in");
const resting = margin.firstElementChild;
const wide = window.matchMedia("(width >= 60rem)");
const panel = document.createElement("div");
let open = null; // the paragraph whose conversation is shown
let asked = 0; // answers that come late, to an earlier question, are dropped

function settle() {
  if (!open) return;
  if (wide.matches) margin.replaceChildren(panel);
  else {
    margin.replaceChildren(resting);
    open.append(panel);
  }
}

function button(label) {
  const close = document.createElement("button");
  close.type = "button";
  close.className = "as-link conversation-close";
  close.textContent = label;
  close.addEventListener("click", () => shut());
  return close;
}

function say(sentence, href = "") {
  const line = document.createElement("p");
  line.className = "opening";
  line.setAttribute("role", "status");
  line.tabIndex = -1;
  line.textContent = `${sentence} `;
  if (href) {
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text.dataset.ownPage;
    line.append(link);
  }
  panel.replaceChildren(line);
  return line;
}

// Whatever is in the panel now: give it its close button, tell the other modules, move the focus.
function arrived(focus) {
  const conversation = panel.querySelector(".conversation");
  conversation.querySelector(".conversation-head").prepend(button(text.dataset.close));
  const wrong = conversation.querySelector("[data-error-summary]");
  conversation.dispatchEvent(new CustomEvent("consult:opened", { bubbles: true }));
  if (focus && !wrong && !conversation.contains(document.activeElement)) {
    conversation.querySelector(focus)?.focus();
  }
}

async function load(href, focus) {
  asked += 1;
  const question = asked;
  const address = new URL(href, location.href);
  address.hash = "";
  let answer = "";
  try {
    const response = await fetch(address, { headers: { "HX-Request": "true" } });
    if (response.ok) answer = await response.text();
  } catch {
    // No connection: said below.
  }
  if (question !== asked) return;
  const page = new DOMParser().parseFromString(answer, "text/html");
  const conversation = page.querySelector(".conversation");
  if (!conversation) {
    say(text.dataset.failed, href).focus();
    return;
  }
  panel.replaceChildren(conversation);
  window.htmx?.process(panel);
  arrived(focus);
}

// Every entry of the history says which conversation is open; one that a link within the page has just made says nothing.
const state = () => ({ open: open?.id ?? "" });

function show(paragraph, { focus = "h2", remember = true, address = "" } = {}) {
  if (open === paragraph && panel.isConnected) {
    panel.querySelector(focus)?.focus();
    return;
  }
  open?.classList.remove("open");
  open = paragraph;
  open.classList.add("open");
  settle();
  say(text.dataset.opening);
  margin.scrollTop = 0;
  if (remember) history.pushState(state(), "", `#${open.id}`);
  load(address || open.querySelector(":scope > .c").href, focus);
}

function shut({ remember = true } = {}) {
  if (!open) return;
  const paragraph = open;
  asked += 1;
  open = null;
  paragraph.classList.remove("open");
  panel.remove();
  panel.replaceChildren();
  margin.replaceChildren(resting);
  document.dispatchEvent(new CustomEvent("consult:closed"));
  paragraph.querySelector(":scope > .c").focus({ preventScroll: wide.matches });
  if (remember) history.pushState(state(), "", `#${paragraph.id}`);
}

text.addEventListener("click", (event) => {
  const link = event.target.closest("a.c");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const paragraph = link.closest(".w");
  if (paragraph === open) shut();
  else show(paragraph);
});

// The busiest paragraphs: lead to the text, and open there.
resting.addEventListener("click", (event) => {
  const key = event.target.closest("a")?.href.split("/p/")[1];
  const paragraph = key && document.getElementById(`p-${key}`);
  if (!paragraph || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  paragraph.scrollIntoView({ block: "start" });
  show(paragraph);
});

document.addEventListener("consult:quote", (event) => {
  const paragraph = event.target.closest(".w");
  // The panel may still hold another answer to the same question; ask again with nothing open.
  if (open) shut({ remember: false });
  show(paragraph, { focus: "" });
});

panel.addEventListener("click", (event) => {
  const answer = event.target.closest("a[data-parent]");
  if (answer) {
    event.preventDefault();
    load(answer.href, "textarea[name=text]");
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && open) shut();
});

document.addEventListener("htmx:afterSettle", (event) => {
  if (panel.contains(event.target) && !panel.querySelector(".conversation-close")) arrived("h2");
});

window.addEventListener("popstate", (event) => {
  if (!event.state) {
    // A link within the page was followed: what is open stays open.
    history.replaceState(state(), "");
    return;
  }
  const paragraph = event.state.open && document.getElementById(event.state.open);
  if (paragraph === open) return;
  if (paragraph) show(paragraph, { remember: false });
  else if (open) shut({ remember: false });
});

wide.addEventListener("change", settle);

// Going to a paragraph by its number.
const go = document.querySelector(".goto");
go.addEventListener("submit", (event) => {
  event.preventDefault();
  const plain = (name) => name.trim().toLowerCase().replace(/^[§¶]\s*/, "");
  const wanted = plain(go.elements.go.value);
  // What looks like a paragraph's number and is another, such as a note's, says so in its label.
  const number = [...text.querySelectorAll(".n")].find((one) => plain(one.ariaLabel ?? one.textContent) === wanted);
  const said = document.getElementById("goto-said");
  said.textContent = number ? "" : said.dataset.missing.replace("{label}", wanted);
  if (!number) {
    said.scrollIntoView({ block: "nearest" });
    return;
  }
  history.pushState(state(), "", number.hash);
  number.closest(".w").scrollIntoView();
  number.focus({ preventScroll: true });
});

// Where in the contents the reader is.
const entries = new Map([...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]));
let current = null;
function mark() {
  let last = null;
  for (const [id, link] of entries) {
    const heading = document.getElementById(id);
    if (heading && heading.getBoundingClientRect().top < window.innerHeight / 3) last = link;
  }
  if (last === current) return;
  current?.removeAttribute("aria-current");
  last?.setAttribute("aria-current", "true");
  current = last;
}

let drawn = 0;
document.addEventListener(
  "scroll",
  () => {
    cancelAnimationFrame(drawn);
    drawn = requestAnimationFrame(mark);
  },
  { passive: true },
);
mark();

// Back from another page to one that had a conversation open.
const before = history.state?.open && document.getElementById(history.state.open);
const begun = JSON.parse(sessionStorage.getItem("going-on") ?? "null"); // form.js notes it
const link = begun && [...text.querySelectorAll(".c")].find((one) => new URL(one.href).pathname === begun.draft);
if (before) show(before, { focus: "", remember: false });
else {
  history.replaceState(state(), "");
  // Back from signing in with words that were begun.
  if (link) show(link.parentElement, { focus: "", address: `${begun.draft}?parent=${encodeURIComponent(begun.parent)}` });
}
