"use strict";
// The hall's screen of a live class: the question comes when it changes, the bars grow with every answer.
const hall = {
  element: document.getElementById("screen"),

  get address() { return `quiz/session/${hall.element.dataset.session}`; },

  draw({ counts, answered, joined }) {
    const most = Math.max(1, joined);
    for (const bar of hall.element.querySelectorAll("[data-bar]")) bar.style.width = `${(100 * counts[bar.dataset.bar]) / most}%`;
    for (const count of hall.element.querySelectorAll("[data-count]")) count.textContent = counts[count.dataset.count];
    for (const place of hall.element.querySelectorAll("[data-answered]")) place.textContent = answered;
    for (const place of hall.element.querySelectorAll("[data-joined]")) if (place !== hall.element) place.textContent = joined;
  },

  async ask() {
    clearTimeout(hall.next);
    try {
      const seen = encodeURIComponent(hall.element.dataset.version);
      const answer = await quiz.send(`${hall.address}/screen?seen=${seen}`, { method: "GET" });
      if (answer.html !== undefined) {
        hall.element.dataset.version = answer.version;
        const focused = document.activeElement?.dataset?.hall;
        hall.element.innerHTML = answer.html;
        if (focused) hall.element.querySelector(`[data-hall="${focused}"]`)?.focus();
      }
      // After the new markup is laid out, so that the bars grow from nothing.
      requestAnimationFrame(() => requestAnimationFrame(() => hall.draw(answer)));
    } catch (error) {
      quiz.say(error.refused ? error.message : "连接断了，正在重连", true);
    }
    hall.next = setTimeout(hall.ask, 1000);
  },

  async pressed(button) {
    button.disabled = true;
    const { hall: what, from, shown } = button.dataset;
    try {
      await quiz.send(`${hall.address}/${what}`, { record: what === "advance" ? { from } : { shown: Boolean(shown) } });
    } catch (error) {
      quiz.say(error.message, true);
    }
    button.disabled = false;
    hall.ask();
  },

  connect() {
    const { counts, answered, joined } = hall.element.dataset;
    hall.draw({ counts: JSON.parse(counts), answered: Number(answered), joined: Number(joined) });
    hall.element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-hall]");
      if (button) hall.pressed(button);
    });
    hall.next = setTimeout(hall.ask, 1000);
  },
};
hall.connect();
