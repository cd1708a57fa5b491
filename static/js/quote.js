// Comments on words of a paragraph: select them by mouse, touch or keyboard and a button leads to the form with the words filled
// in; or choose them in the form itself. The words that open comments are about are highlighted in the text.
// The form has a plain field for the words, which is all that one needs.

const CONTEXT = 32; // characters before and after, as the server keeps them
const NOT_TEXT = ".n, .c, .quote-button, .conversation, .opening, sup.note:not(:has(*))";

const squeeze = (text) => text.replace(/\s+/g, " ");

// The paragraph's text with white space as a reader sees it, and for each character the node and offset where it stands.
function read(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
    if (node.nodeType === Node.TEXT_NODE) return NodeFilter.FILTER_ACCEPT;
    return node.matches(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
  });
  let text = "";
  const at = [];
  let gap = false;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      gap ||= /^(br|p|li|tr|td|th|caption|blockquote|pre|figure|div|h\d)$/.test(node.localName);
      continue;
    }
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const character = node.data[offset];
      if (/\s/.test(character)) {
        gap = true;
        continue;
      }
      if (gap && text) {
        text += " ";
        at.push([node, offset]);
      }
      gap = false;
      text += character;
      at.push([node, offset]);
    }
  }
  return { text, at };
}

function around(text, start, end) {
  return {
    exact: text.slice(start, end),
    prefix: text.slice(Math.max(0, start - CONTEXT), start),
    suffix: text.slice(end, end + CONTEXT),
  };
}

// What of the paragraph lies in the selection, or null.
function quoted(root, range) {
  const { text, at } = read(root);
  let start = at.findIndex(([node, offset]) => range.comparePoint(node, offset) >= 0 && range.intersectsNode(node));
  if (start < 0) return null;
  let end = start;
  while (end < at.length && range.comparePoint(at[end][0], at[end][1] + 1) <= 0) end += 1;
  while (text[start] === " ") start += 1;
  while (end > start && text[end - 1] === " ") end -= 1;
  return end > start ? around(text, start, end) : null;
}

function find(root, exact, prefix) {
  const { text, at } = read(root);
  const wanted = squeeze(exact).trim();
  const before = squeeze(prefix).trimEnd();
  let best = -1;
  for (let start = text.indexOf(wanted); start >= 0; start = text.indexOf(wanted, start + 1)) {
    if (best < 0 || text.slice(0, start).trimEnd().endsWith(before)) best = start;
    if (before && best === start && text.slice(0, start).trimEnd().endsWith(before)) break;
  }
  if (best < 0 || !wanted) return null;
  const range = new Range();
  range.setStart(...at[best]);
  const [node, offset] = at[best + wanted.length - 1];
  range.setEnd(node, offset + 1);
  return range;
}

// The text that a conversation or a form is about.
const textOf = (key) => document.getElementById(`p-${key}`);

function fill(form, quote) {
  form.elements.quote.value = quote.exact;
  form.elements.quote_prefix.value = quote.prefix;
  form.elements.quote_suffix.value = quote.suffix;
  form.elements.quote.dispatchEvent(new Event("input", { bubbles: true }));
  show(form);
}

// The words on their own above the form, as soon as there are any.
function show(form) {
  const box = form.querySelector("[data-quote-shown]");
  const words = form.elements.quote.value;
  box.hidden = !words;
  box.querySelector(".draft").textContent = words;
}

let waiting = null;

function comment(root, quote) {
  const key = root.id.replace("p-", "");
  const form = document.querySelector(`.conversation[data-key="${CSS.escape(key)}"] form[data-draft]`);
  window.getSelection().removeAllRanges();
  if (form) {
    fill(form, quote);
    form.elements.text.focus();
  } else {
    waiting = { key, quote };
    root.dispatchEvent(new CustomEvent("consult:quote", { bubbles: true }));
  }
}

const button = document.createElement("button");
button.type = "button";
button.className = "quote-button";
let ready = null;

function offer() {
  const selection = window.getSelection();
  button.remove();
  ready = null;
  if (!selection.rangeCount || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const inside = range.startContainer.parentElement;
  const root = inside?.closest(".w, .one-text");
  const label = root?.closest("[data-quote]")?.dataset.quote;
  if (!label || inside.closest(NOT_TEXT)) return;
  const quote = quoted(root, range);
  if (!quote) return;
  ready = { root, quote };
  button.textContent = label;
  // Inside the paragraph, after the words: Tab leads to it from a selection made with the keyboard.
  root.insertBefore(button, root.querySelector(":scope > .c"));
  beside(range, root);
}

// Below the selection: above it telephones show their own menu, and their handles hang under the last line.
function beside(range, root) {
  const last = [...range.getClientRects()].filter((rect) => rect.top < root.getBoundingClientRect().bottom).at(-1);
  const frame = root.getBoundingClientRect();
  const drop = window.matchMedia("(pointer: coarse)").matches ? 28 : 8;
  const across = Math.min(Math.max(0, last.left - frame.left), frame.width - button.offsetWidth);
  button.style.top = `${last.bottom - frame.top + drop}px`;
  button.style.left = `${Math.max(0, across)}px`;
}

let pause = 0;
document.addEventListener("selectionchange", () => {
  if (document.activeElement === button) return;
  clearTimeout(pause);
  pause = setTimeout(offer, 250);
});

// Pressing the button must not take the selection away first.
button.addEventListener("pointerdown", (event) => event.preventDefault());
button.addEventListener("click", () => {
  const { root, quote } = ready;
  button.remove();
  comment(root, quote);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && button.isConnected) {
    event.stopPropagation();
    button.remove();
    window.getSelection().removeAllRanges();
  }
}, true);

// In the form: choose words in a copy of the paragraph, from the keyboard or a screen reader's edit mode.
function addChooser(source) {
  const form = source.form;
  const choose = document.createElement("button");
  choose.type = "button";
  choose.className = "govuk-button govuk-button--secondary";
  choose.textContent = source.dataset.label;
  const said = document.createElement("p");
  said.className = "say-after";
  said.setAttribute("role", "status");
  document.getElementById(source.getAttribute("aria-describedby")).textContent = source.dataset.hint;
  choose.addEventListener("click", () => {
    const { selectionStart: start, selectionEnd: end, value } = source;
    const quote = around(value, start, end);
    const some = quote.exact.trim() !== "";
    if (some) fill(form, quote);
    said.textContent = some ? source.dataset.done.replace("{words}", quote.exact) : source.dataset.none;
    said.scrollIntoView({ block: "nearest" });
  });
  source.after(choose, said);
  // Chromium moves no caret with the keyboard in a read-only field, so this one takes a caret and refuses every change instead.
  source.readOnly = false;
  source.setAttribute("aria-readonly", "true");
  source.inputMode = "none";
  source.addEventListener("beforeinput", (event) => event.preventDefault());
}

function enhance(root) {
  for (const source of root.querySelectorAll("[data-words]:not([data-ready])")) {
    source.dataset.ready = "";
    addChooser(source);
    const form = source.form;
    form.elements.quote.addEventListener("input", (event) => {
      // Typed by hand: what stood around the words chosen before says nothing about these.
      if (event.isTrusted) form.elements.quote_prefix.value = form.elements.quote_suffix.value = "";
      show(form);
    });
    form.querySelector("[data-quote-shown] button").addEventListener("click", () => {
      fill(form, { exact: "", prefix: "", suffix: "" });
      form.elements.text.focus();
    });
    form.addEventListener("consult:restored", () => show(form));
    show(form);
  }
}

// Highlights lie over the text without changing it; a browser that has none shows each comment with its words anyway.
function highlight(conversation, now = null) {
  if (!CSS.highlights) return;
  const text = conversation && textOf(conversation.dataset.key);
  const ranges = (comments) => [...comments].map((quote) => find(text, quote.textContent, quote.parentElement.dataset.prefix)).filter(Boolean);
  CSS.highlights.set("quotes", new Highlight(...(text ? ranges(conversation.querySelectorAll(".quote:not(.is-lost) q")) : [])));
  CSS.highlights.set("quote-now", new Highlight(...(text && now ? ranges(now.querySelectorAll(":scope > .quote:not(.is-lost) q")) : [])));
}

let latest = null;
for (const kind of ["focusin", "pointerover"]) {
  document.addEventListener(kind, (event) => {
    const one = event.target.closest?.(".comment");
    const conversation = one?.closest(".conversation");
    if (!conversation || one === latest) return;
    latest = one;
    highlight(conversation, one);
  });
}

document.addEventListener("consult:opened", (event) => {
  const conversation = event.target;
  enhance(conversation);
  highlight(conversation);
  const form = conversation.querySelector("form[data-draft]");
  if (form && waiting?.key === conversation.dataset.key) {
    fill(form, waiting.quote);
    form.elements.text.focus();
  }
  waiting = null;
});
document.addEventListener("consult:closed", () => highlight(null));

enhance(document);
const here = document.querySelector(".conversation");
if (here) highlight(here);
