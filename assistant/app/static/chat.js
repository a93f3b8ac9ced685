"use strict";
// What happens on the chat page inside the browser alone. The server draws the page anew after every question; nothing
// here keeps a state that the drawing would have to know.
(() => {
  let send = () => {};

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const page = () => one("#page");

  // ---- with gradio ----

  // Called by gradio once the conversation stands: trigger sends an event to the server, watch tells of a new drawing.
  function connect(element, trigger, watch, events) {
    send = (event, data = {}) => {
      if (events.includes(event)) trigger(event, data);
    };
    watch("value", () => {
      closeSources();
      tell("");
      const turns = all(".turn", element);
      if (turns.length) turns[turns.length - 1].scrollIntoView({ block: "start" });
      else if (one("#question textarea")) one("#question textarea").focus();
    });
    const box = one("#question textarea");
    if (box) box.addEventListener("input", () => count(box));
    new MutationObserver(hear).observe(document.body, { childList: true, subtree: true });
  }

  // The day whose rules are asked for goes along with every question, in a box that is not shown; emptied, it is today.
  function connectDay(element) {
    const day = one("[data-day]", element);
    if (!day) return;
    const today = day.value;
    day.addEventListener("change", () => {
      if (!day.value) day.value = today;
      const other = day.value !== today;
      day.classList.toggle("other", other);
      const box = one("#picked-day textarea, #picked-day input");
      box.value = other ? day.value : "";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    });
  }

  // gradio speaks up by itself only when the server cannot be reached, in English and over the page's header; its own
  // words are hidden (chat.css) and these stand by the box instead.
  function hear(changes) {
    const added = changes.flatMap((change) => [...change.addedNodes]);
    if (added.some((node) => node.nodeType === Node.ELEMENT_NODE && node.querySelector(".toast-body, .toast-text"))) {
      tell("没有连上服务器，刚才的操作没有成功。正在重新连接，请稍后再试。");
    }
  }

  function tell(words) {
    const told = one("#composer .offline") || document.createElement("p");
    told.className = "offline";
    told.setAttribute("role", "alert");
    told.textContent = words;
    one("#composer").prepend(told);
  }

  function ask(question) {
    send("submit", { question });
  }

  function putIntoBox(text) {
    const box = one("#question textarea");
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  const LONGEST = 500;

  function count(box) {
    let counter = one("#composer .counter");
    if (!counter) {
      counter = document.createElement("p");
      counter.className = "counter";
      counter.setAttribute("role", "status");
      one("#composer").append(counter);
    }
    const left = LONGEST - box.value.trim().length;
    counter.classList.toggle("over", left < 0);
    counter.textContent = left > 50 ? "" : left >= 0 ? `还可以输入 ${left} 字` : `超出 ${-left} 字，请缩短`;
  }

  // ---- sources ----

  const sheet = () => matchMedia("(max-width: 899px)").matches;
  let openedFrom = null;

  function showCards(turn) {
    for (const cards of all("#sources .cards")) cards.hidden = cards.dataset.turn !== turn;
    const nothing = one("#sources .nothing[data-turn]");
    if (nothing) nothing.hidden = nothing.dataset.turn !== turn;
  }

  function openSources(turn, from) {
    showCards(turn);
    if (!sheet()) return;
    openedFrom = from;
    page().classList.add("sheet-open");
    one("[data-close-sources]").focus({ preventScroll: true });
  }

  function closeSources() {
    if (!page() || !page().classList.contains("sheet-open")) return;
    page().classList.remove("sheet-open");
    if (openedFrom && openedFrom.isConnected) openedFrom.focus({ preventScroll: true });
    openedFrom = null;
  }

  function light(chip) {
    const { turn, number } = chip.dataset;
    openSources(turn, chip);
    for (const lit of all(".card.lit, .chip.lit")) lit.classList.remove("lit");
    chip.classList.add("lit");
    const card = document.getElementById(`card-${turn}-${number}`);
    if (!card) return;
    card.classList.add("lit");
    card.scrollIntoView({ block: "nearest" });
  }

  function openCard(card) {
    window.policyReader.open(one("a[data-reader]", card).getAttribute("href"));
  }

  // ---- copying and voting ----

  async function copy(button) {
    const text = button.dataset.copy;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      done = copyByHand(text); // A page that is not https has no clipboard of its own.
    }
    const label = button.dataset.label || button.textContent;
    button.dataset.label = label;
    button.textContent = done ? "已复制 ✓" : "没有复制成功";
    setTimeout(() => {
      button.textContent = label;
    }, 2000);
  }

  function copyByHand(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "for-copying";
    const host = one("dialog[open]") || document.body;
    const before = document.activeElement;
    host.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (before) before.focus({ preventScroll: true });
    return done;
  }

  function toggleReasons(turn) {
    const form = document.getElementById(`reasons-${turn}`);
    const opener = one(`[data-reasons="${turn}"][aria-expanded]`);
    form.hidden = !form.hidden;
    opener.setAttribute("aria-expanded", String(!form.hidden));
    if (form.hidden) opener.focus();
    else one("input", form).focus();
  }

  function sendReasons(form) {
    const chosen = one("input:checked", form);
    const comment = one("textarea", form).value;
    send("like", { turn: form.dataset.turn, vote: "down", reason: chosen ? chosen.value : "", comment });
  }

  // ---- one listener for each kind of event ----

  const actions = [
    ["[data-ask]", (button) => ask(button.dataset.ask)],
    ["[data-edit]", (button) => putIntoBox(button.dataset.edit)],
    [".chip", light],
    ["[data-sources]", (button) => openSources(button.dataset.sources, button)],
    ["[data-close-sources]", closeSources],
    ["[data-copy]", copy],
    ["[data-vote]", (button) => send("like", { turn: button.dataset.turn, vote: button.dataset.vote })],
    ["[data-reasons]", (button) => toggleReasons(button.dataset.reasons)],
    ["[data-clear]", () => send("clear")],
  ];

  document.addEventListener("click", (event) => {
    for (const [selector, act] of actions) {
      const found = event.target.closest(selector);
      if (found) return act(found);
    }
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    const link = event.target.closest("a[data-reader]");
    if (link && plain) {
      event.preventDefault();
      return window.policyReader.open(link.getAttribute("href"));
    }
    const card = event.target.closest(".card");
    if (card && !link && !String(getSelection())) return openCard(card);
    if (page() && event.target === page()) closeSources();
  });

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form.reasons");
    if (!form) return;
    event.preventDefault();
    sendReasons(form);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !one("dialog[open]")) closeSources();
    if (event.key === "Enter" && event.target.matches(".card")) openCard(event.target);
  });

  window.policyChat = { connect, connectDay };
})();
