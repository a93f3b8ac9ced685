"use strict";
// The kiosk in the browser. What a person answered lives in two variables of this page and nowhere else: `here`, the
// screen that stands, and `trail`, the screens before it. Every touch sends what `here` knows to the server, which
// draws the next screen and keeps nothing.
(() => {
  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const screen = one("#screen");
  const idle = one("#idle");
  const HOME = Object.freeze({ visit: {}, html: screen.innerHTML });

  let here = HOME;
  let trail = [];
  let pending = null; // the request on its way, if there is one

  // ---- drawing ----

  function show(drawn, top = 0) {
    hush();
    here = drawn;
    screen.innerHTML = drawn.html;
    screen.scrollTo({ top, behavior: "instant" });
    one("[data-back]").disabled = trail.length === 0;
    const heading = one("h1", screen);
    if (heading) heading.focus({ preventScroll: true });
    offerMore();
  }

  async function send(act) {
    if (pending) return;
    const mine = new AbortController();
    pending = mine;
    screen.setAttribute("aria-busy", "true");
    const drawn = await drawnFor(act, mine.signal);
    if (pending !== mine) return; // Wiped while it was on its way: what comes now belongs to nobody.
    settle();
    if (!drawn.html) return tell(drawn.told);
    trail.push({ ...here, top: screen.scrollTop });
    show(drawn);
  }

  async function drawnFor(act, signal) {
    try {
      const response = await fetch("kiosk", {
        method: "POST",
        cache: "no-store",
        credentials: "omit",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ visit: here.visit, act }),
        signal,
      });
      return await response.json();
    } catch {
      return { told: "没有连上服务器，刚才这一下没有算数。请过一会儿再按一次。" };
    }
  }

  function settle() {
    pending = null;
    screen.removeAttribute("aria-busy");
  }

  function back() {
    if (pending || !trail.length) return;
    const before = trail.pop();
    show(before, before.top);
  }

  function tell(words, kind = "warn") {
    for (const old of all(".told.passing", screen)) old.remove();
    const told = document.createElement("p");
    told.className = `told passing ${kind}`;
    told.setAttribute("role", "alert");
    told.textContent = words;
    one(".content", screen).prepend(told);
    screen.scrollTo({ top: 0, behavior: "instant" });
  }

  // ---- the end of a visit ----

  function wipe(words) {
    if (pending) pending.abort();
    settle();
    trail = [];
    if (idle.open) idle.close();
    resize("1");
    show(HOME);
    getSelection().removeAllRanges();
    tell(words, "");
    touched();
  }

  // ---- nobody there ----

  const AFTER = Number(idle.dataset.after) * 1000;
  const COUNTDOWN = Number(idle.dataset.countdown) * 1000;
  let lastTouch = Date.now();

  function touched() {
    lastTouch = Date.now();
  }

  // Times are compared, not counted: a screen that slept wipes as soon as it wakes.
  function watch() {
    if (here === HOME && !pending && document.documentElement.dataset.textSize === "1") return touched();
    if (speaking()) return touched();
    const left = AFTER + COUNTDOWN - (Date.now() - lastTouch);
    if (left <= 0) return wipe("很久没有人按，已全部清除。");
    if (left <= COUNTDOWN) {
      if (!idle.open) idle.showModal();
      one("[data-left]", idle).textContent = String(Math.ceil(left / 1000));
    }
  }

  setInterval(watch, 250);
  idle.addEventListener("cancel", (event) => event.preventDefault());
  for (const event of ["pointerdown", "keydown", "wheel", "touchmove"]) {
    // While the warning stands, only its button says that the same person is still there.
    addEventListener(event, () => idle.open || touched(), { capture: true, passive: true });
  }

  // ---- the size of the text: for this visit, not for the next one ----

  function resize(step) {
    document.documentElement.dataset.textSize = step;
    for (const button of all("[data-size]")) button.setAttribute("aria-pressed", String(button.dataset.size === step));
    offerMore();
  }

  // ---- more below ----

  function offerMore() {
    one("[data-more]").hidden = screen.scrollTop + screen.clientHeight >= screen.scrollHeight - 24;
  }

  screen.addEventListener("scroll", offerMore, { passive: true });
  new ResizeObserver(offerMore).observe(screen);

  // ---- reading aloud: by a voice of this machine only, since others send the text away ----

  const voice = () =>
    "speechSynthesis" in window &&
    speechSynthesis.getVoices().find((each) => each.localService && /^(zh|cmn)/i.test(each.lang));
  const speaking = () => "speechSynthesis" in window && speechSynthesis.speaking;

  function offerVoice() {
    one("[data-speak]").hidden = !voice();
  }

  function hush() {
    if ("speechSynthesis" in window) speechSynthesis.cancel();
    label(false);
  }

  function label(reading) {
    one("[data-speak] span").textContent = reading ? "停" : "朗读";
  }

  function speak() {
    if (speaking()) return hush();
    // Sentence by sentence: some voices fall silent in the middle of a long text.
    const sentences = one(".content", screen).innerText.split(/(?<=[。！？；])|\n+/).filter((part) => part.trim());
    for (const [place, sentence] of sentences.entries()) {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.voice = voice();
      utterance.lang = "zh-CN";
      utterance.rate = 0.85;
      if (place === sentences.length - 1) utterance.onend = () => label(false);
      speechSynthesis.speak(utterance);
    }
    label(true);
  }

  if ("speechSynthesis" in window) {
    speechSynthesis.addEventListener("voiceschanged", offerVoice);
    offerVoice();
  }

  // ---- the number pad ----

  function press(key) {
    const pad = key.closest("[data-pad]");
    const shown = one("output", pad);
    const before = shown.value;
    const next = key.dataset.key === "back" ? before.slice(0, -1) : before + key.dataset.key;
    if (!/^(?:0|[1-9]\d{0,7})?(?:(?<=\d)\.\d{0,2})?$/.test(next)) {
      if (/^0\d$/.test(next)) shown.value = next.slice(1); // 0 and then 5 means 5.
    } else shown.value = next;
    one("[data-enter]", pad).disabled = !shown.value;
  }

  function enter(pad) {
    const typed = one("output", pad).value.replace(/\.$/, "");
    send({ ...JSON.parse(pad.dataset.pad), value: typed });
  }

  // ---- one listener for each kind of event ----

  const actions = [
    ["[data-act]", (button) => send(JSON.parse(button.dataset.act))],
    ["[data-key]", press],
    ["[data-enter]", (button) => enter(button.closest("[data-pad]"))],
    ["[data-back]", back],
    ["[data-end]", () => wipe("已全部清除，这台机器没有留下您的任何内容。")],
    ["[data-more]", () => screen.scrollBy({ top: screen.clientHeight * 0.8 })],
    ["[data-jump]", (button) => one(button.dataset.jump, screen).scrollIntoView({ block: "start" })],
    ["[data-here]", () => (idle.close(), touched())],
    ["[data-size]", (button) => resize(button.dataset.size)],
    ["[data-speak]", speak],
    ["[data-print]", () => print()],
  ];

  document.addEventListener("click", (event) => {
    for (const [selector, act] of actions) {
      const found = event.target.closest(selector);
      if (found && !found.disabled) return act(found);
    }
  });

  document.addEventListener("submit", (event) => {
    event.preventDefault();
    const box = one("[name=question]", event.target);
    if (box.value.trim()) send({ do: "ask", question: box.value });
    else box.focus();
  });

  // A page that the browser laid aside (the way back, a tab put to sleep) must not come back with a person in it.
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  addEventListener("afterprint", touched);
  offerMore();
})();
