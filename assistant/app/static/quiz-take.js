"use strict";
// A participant's questions, one a screen: practice, exam and review. Every answer of an exam is kept in this browser
// first and sent until the server has it, so a dropped connection loses nothing.
const take = {
  element: document.getElementById("take"),
  at: 0,
  waiting: {}, // item id -> record that the server has not acknowledged
  sending: false,
  pause: 1000,
  over: false,

  get mode() { return take.element.dataset.mode; },
  get key() { return `policy-quiz-${take.element.dataset.code}-${take.element.dataset.sheet}`; },

  keep() {
    try {
      localStorage.setItem(take.key, JSON.stringify({ waiting: take.waiting, at: take.at }));
    } catch {
      // A browser that keeps nothing still sends.
    }
  },

  kept() {
    try {
      return JSON.parse(localStorage.getItem(take.key)) || {};
    } catch {
      return {};
    }
  },

  forget() {
    try {
      localStorage.removeItem(take.key);
    } catch {
      // Nothing was kept then.
    }
  },

  tell(text, warn = false) {
    const kept = take.element.querySelector("[data-kept]");
    kept.textContent = text;
    kept.classList.toggle("warn", warn);
  },

  record(section) {
    const chosen = [...section.querySelectorAll(".choice input")];
    if (chosen.length) return { choices: chosen.filter((input) => input.checked).map((input) => Number(input.value)) };
    return { texts: [...section.querySelectorAll(".field input, .field textarea")].map((field) => field.value) };
  },

  restore(section, record) {
    for (const input of section.querySelectorAll(".choice input")) input.checked = (record.choices || []).includes(Number(input.value));
    const fields = [...section.querySelectorAll(".field input, .field textarea")];
    fields.forEach((field, place) => { field.value = (record.texts || [])[place] ?? ""; });
  },

  answered(section) {
    const record = take.record(section);
    return (record.choices || []).length > 0 || (record.texts || []).some((text) => text.trim());
  },

  show(place) {
    take.at = Math.max(0, Math.min(place, take.sections.length - 1));
    take.sections.forEach((section, number) => { section.hidden = number !== take.at; });
    const [back, next] = [take.element.querySelector('[data-step="-1"]'), take.element.querySelector('[data-step="1"]')];
    back.disabled = take.at === 0;
    next.hidden = take.at === take.sections.length - 1;
    take.element.querySelector("[data-progress]").style.width = `${(take.at / Math.max(1, take.sections.length - 1)) * 100}%`;
    if (take.mode === "exam") take.overview();
    if (take.mode === "exam") take.keep();
    window.scrollTo(0, 0);
  },

  overview() {
    const asked = take.sections.slice(0, -1);
    const done = asked.filter(take.answered);
    take.element.querySelector("[data-answered]").textContent = `答了 ${done.length} 题，还有 ${asked.length - done.length} 题没有答`;
    for (const button of take.element.querySelectorAll(".grid [data-jump]")) {
      const given = take.answered(asked[Number(button.dataset.jump)]);
      button.classList.toggle("given", given);
      button.setAttribute("aria-label", `第${button.textContent}题，${given ? "已答" : "未答"}`);
    }
  },

  changed(section) {
    take.waiting[section.dataset.item] = take.record(section);
    take.keep();
    take.flush();
  },

  // What is being typed is saved a moment after the last touch, or at once where the page is left or handed in.
  typed(section) {
    clearTimeout(take.typing);
    take.unsaved = section;
    take.typing = setTimeout(take.settle, 800);
  },

  settle() {
    clearTimeout(take.typing);
    const section = take.unsaved;
    take.unsaved = null;
    if (section) take.changed(section);
  },

  // Until everything is sent, but no longer than the server's grace.
  async settled() {
    take.settle();
    take.flush();
    for (let turn = 0; turn < 40 && (take.sending || Object.keys(take.waiting).length); turn += 1) {
      await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  },

  // Send what waits, one after the other and in order; what cannot be sent now is tried again, ever more slowly.
  async flush() {
    if (take.sending || take.over) return;
    take.sending = true;
    clearTimeout(take.again);
    try {
      for (const item of Object.keys(take.waiting)) {
        const record = take.waiting[item];
        take.tell("正在保存……");
        const answer = await quiz.send(`quiz/take/${take.element.dataset.code}/answer`, { record: { item, response: record } });
        if (take.waiting[item] === record) delete take.waiting[item];
        take.keep();
        if (answer.left !== undefined) take.setClock(answer.left);
      }
      take.pause = 1000;
      take.tell("✓ 已保存");
    } catch (error) {
      if (error.refused) {
        take.over = true;
        quiz.say(error.message, true);
        take.forget();
        setTimeout(() => location.reload(), 2500);
      } else {
        take.tell("没有连上，答案先存在手机里，正在重试", true);
        take.again = setTimeout(take.flush, take.pause);
        take.pause = Math.min(take.pause * 2, 15000);
      }
    } finally {
      take.sending = false;
    }
    if (!take.over && take.pause === 1000 && Object.keys(take.waiting).length) take.flush();
  },

  setClock(left) {
    take.end = performance.now() + left * 1000;
  },

  tick() {
    const left = Math.max(0, Math.ceil((take.end - performance.now()) / 1000));
    const clock = take.element.querySelector("[data-clock]");
    clock.textContent = `${String(Math.floor(left / 60)).padStart(2, "0")}:${String(left % 60).padStart(2, "0")}`;
    clock.classList.toggle("warn", left <= 300);
    if (left === 0 && !take.over) take.submit(true);
  },

  async submit(timeUp = false) {
    if (take.submitting) return;
    const missing = take.sections.slice(0, -1).filter((section) => !take.answered(section)).length;
    if (!timeUp && !confirm(missing ? `还有 ${missing} 题没有答，确定交卷吗？交了就不能改。` : "确定交卷吗？交了就不能改。")) return;
    take.submitting = true;
    try {
      await take.settled();
      if (Object.keys(take.waiting).length && !timeUp) throw new Error("还有答案没有保存上，请等网络恢复再交卷");
      const answer = await quiz.send(`quiz/take/${take.element.dataset.code}/submit`);
      take.over = true;
      take.forget();
      location.assign(quiz.root + answer.goto);
    } catch (error) {
      quiz.say(error.message, true);
    } finally {
      setTimeout(() => { take.submitting = false; }, 2000);
    }
  },

  // Practice and review: the answer is sent once, and what is explained comes back.
  async give(section, known) {
    const review = take.mode === "review";
    const free = review && section.dataset.type === "简答"; // There the points are compared in the head.
    if (!free && !take.answered(section)) return quiz.say("请先选一个或写一个答案", true);
    const button = section.querySelector("[data-give]");
    button.disabled = true;
    const record = { item: section.dataset.item, response: take.record(section) };
    if (known !== undefined) record.known = known;
    try {
      const answer = await quiz.send(review ? "quiz/me/review" : `quiz/take/${take.element.dataset.code}/answer`, { record });
      section.querySelector(".after").innerHTML = answer.html;
      quiz.say("");
      button.hidden = true;
      for (const field of section.querySelectorAll(".choice input, .field input, .field textarea")) field.disabled = true;
      const self = section.querySelector("[data-known]");
      if (self) self.hidden = known !== undefined;
    } catch (error) {
      quiz.say(error.message, true);
    } finally {
      button.disabled = false;
    }
  },

  clicked(event) {
    const button = event.target.closest("button");
    if (!button) return;
    const { step, jump, give, submit, knew } = button.dataset;
    if (step !== undefined) take.show(take.at + Number(step));
    if (jump !== undefined) take.show(Number(jump));
    if (give !== undefined) take.give(button.closest(".question"));
    if (knew !== undefined) take.give(button.closest(".question"), Boolean(knew));
    if (submit !== undefined) take.submit();
  },

  connect() {
    take.sections = [...take.element.querySelectorAll(".question")];
    take.element.addEventListener("click", take.clicked);
    if (take.mode === "exam") {
      const before = take.kept();
      take.waiting = before.waiting || {};
      take.at = before.at || 0;
      for (const section of take.sections) {
        if (take.waiting[section.dataset.item]) take.restore(section, take.waiting[section.dataset.item]);
      }
      take.element.addEventListener("change", (event) => take.changed(event.target.closest(".question")));
      take.element.addEventListener("input", (event) => {
        if (!event.target.closest(".choice")) take.typed(event.target.closest(".question"));
      });
      window.addEventListener("pagehide", take.settle);
      take.setClock(Number(take.element.dataset.left));
      take.tick();
      setInterval(take.tick, 500);
      window.addEventListener("online", take.flush);
      if (Object.keys(take.waiting).length) take.flush();
      else if (take.sections.some((section) => section.dataset.given !== undefined)) take.tell("✓ 已保存");
    } else {
      const open = take.sections.findIndex((section) => section.dataset.given === undefined);
      take.at = Math.max(0, open);
    }
    take.show(take.at);
  },
};
take.connect();
