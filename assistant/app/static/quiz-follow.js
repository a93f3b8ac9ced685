"use strict";
// A live class on a participant's telephone: asks every second or so whether the class has gone on, and sends answers
// at a touch. The server says which question is open; nothing is decided here.
const follow = {
  element: document.getElementById("follow"),
  pause: 1000,

  tell(text, warn = false) {
    const kept = document.querySelector("[data-kept]");
    kept.textContent = text;
    kept.classList.toggle("warn", warn);
  },

  async ask() {
    const { code, version } = follow.element.dataset;
    try {
      const answer = await quiz.send(`quiz/take/${code}/live?seen=${encodeURIComponent(version)}`, { method: "GET" });
      if (answer.html !== undefined && follow.element.dataset.version === version) {
        follow.element.dataset.version = answer.version;
        follow.element.innerHTML = answer.html;
        window.scrollTo(0, 0);
      }
      if (follow.pause > 1000) follow.tell("");
      follow.pause = 1000;
    } catch (error) {
      follow.tell(error.refused ? error.message : "连接断了，正在重连", true);
      follow.pause = Math.min(follow.pause * 1.5, 8000);
    }
    // Spread out, so that sixty telephones do not ask at the same moment.
    setTimeout(follow.ask, follow.pause * (0.8 + Math.random() * 0.4));
  },

  record(section) {
    const chosen = [...section.querySelectorAll(".choice input")];
    if (chosen.length) return { choices: chosen.filter((input) => input.checked).map((input) => Number(input.value)) };
    return { texts: [...section.querySelectorAll(".field input")].map((field) => field.value) };
  },

  // Tried a few times: a touch must not be lost in a hall with a bad network.
  async give(section) {
    const record = { item: section.dataset.item, response: follow.record(section) };
    for (let attempt = 1; attempt <= 6; attempt += 1) {
      try {
        const answer = await quiz.send(`quiz/take/${follow.element.dataset.code}/answer`, { record });
        follow.tell("✓ 已收到");
        const here = follow.element.querySelector(".question");
        if (here?.dataset.item === record.item) follow.element.innerHTML = answer.html;
        return;
      } catch (error) {
        if (error.refused) return quiz.say(error.message, true);
        follow.tell("没有连上，正在重试", true);
        await new Promise((resolve) => { setTimeout(resolve, 500 * attempt); });
      }
    }
    quiz.say("这个答案没有送到，请再点一次", true);
  },

  connect() {
    follow.element.addEventListener("change", (event) => {
      const section = event.target.closest(".question");
      if (section && ["单选", "判断"].includes(section.dataset.type)) follow.give(section);
    });
    follow.element.addEventListener("click", (event) => {
      const button = event.target.closest("[data-give]");
      if (button) follow.give(button.closest(".question"));
    });
    setTimeout(follow.ask, follow.pause);
  },
};
follow.connect();
