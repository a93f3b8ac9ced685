"use strict";
// What all the quiz's pages share. A button or form says in its attributes what to ask of the server and where the answer
// goes: data-post / data-get (an address), data-into (the id of an element), data-values (JSON), data-confirm, data-ask.
const quiz = {
  root: document.body.dataset.root,

  // One request; gives the answer's JSON. Throws with a sentence for the person, and with .refused where the server said
  // no (asking again would not help).
  async send(address, { method = "POST", record = {}, bytes = null } = {}) {
    const headers = { "x-quiz": "1" };
    const options = { method, headers, credentials: "same-origin", cache: "no-store" };
    if (method !== "GET") {
      if (!bytes) headers["content-type"] = "application/json";
      options.body = bytes || JSON.stringify(record);
    }
    let response;
    try {
      response = await fetch(quiz.root + address, options);
    } catch {
      throw new Error("网络断了，请看看网络，再试一次");
    }
    let answer = {};
    try {
      answer = await response.json();
    } catch {
      // An answer that is no JSON comes from a proxy or a server that is starting: not a refusal.
    }
    if (!response.ok) {
      const error = new Error(answer.error || "程序出了问题，请再试一次");
      error.refused = response.status < 500 && response.status !== 408 && response.status !== 429;
      throw error;
    }
    return answer;
  },

  say(text, warn = false) {
    const said = document.getElementById("said");
    said.textContent = text;
    said.className = warn ? "warn" : "";
    said.setAttribute("role", warn ? "alert" : "status");
    said.hidden = !text;
    clearTimeout(quiz.quiet);
    if (text) quiz.quiet = setTimeout(() => { said.hidden = true; }, 8000);
  },

  // The fields of a form as an object; a name that stands several times, or a tick box, becomes a list.
  fields(form, pressed) {
    const record = {};
    for (const [name, value] of new FormData(form)) {
      if (value instanceof File) continue;
      const many = form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=radio])`).length > 1;
      if (many) (record[name] ||= []).push(value);
      else record[name] = value;
    }
    if (pressed?.dataset.add) record[pressed.dataset.add] = String(Number(record[pressed.dataset.add]) + 1);
    if (pressed?.dataset.add) form.elements[pressed.dataset.add].value = record[pressed.dataset.add];
    return record;
  },

  show(answer, element) {
    if (answer.said) quiz.say(answer.said);
    if (answer.goto !== undefined) location.assign(quiz.root + answer.goto);
    else if (answer.reload) location.reload();
    if (answer.address) history.replaceState(null, "", quiz.root + answer.address);
    if (answer.html === undefined) return;
    if (element.dataset.dialog !== undefined) return quiz.open(answer.html);
    const into = document.getElementById(element.dataset.into);
    into.innerHTML = answer.html;
    const stay = element.dataset.stay && document.getElementById(element.dataset.stay);
    if (stay) stay.querySelector("button")?.focus({ preventScroll: true });
  },

  open(html) {
    const dialog = document.createElement("dialog");
    dialog.innerHTML = html + '<form method="dialog"><button class="second">关闭</button></form>';
    dialog.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.close();
    });
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  },

  async act(element, ask) {
    if (element.dataset.busy !== undefined) return;
    if (element.dataset.confirm && !confirm(element.dataset.confirm)) return;
    element.dataset.busy = "";
    if (element.dataset.working) quiz.say(element.dataset.working);
    element.setAttribute("aria-busy", "true");
    try {
      const answer = await ask();
      if (element.dataset.working) quiz.say("");
      quiz.show(answer, element);
    } catch (error) {
      quiz.say(error.message, true);
    } finally {
      delete element.dataset.busy;
      element.removeAttribute("aria-busy");
    }
  },

  pressed(button) {
    const record = JSON.parse(button.dataset.values || "{}");
    if (button.dataset.ask) {
      const given = prompt(button.dataset.ask, button.dataset.now || "");
      if (given === null) return;
      record[button.dataset.name] = given;
    }
    const get = button.dataset.get;
    quiz.act(button, () => (get ? quiz.send(get, { method: "GET" }) : quiz.send(button.dataset.post, { record })));
  },

  upload(form) {
    const file = form.querySelector("input[type=file]").files[0];
    const query = new URLSearchParams(quiz.fields(form));
    quiz.act(form, () => quiz.send(`${form.dataset.upload}?${query}`, { bytes: file }));
  },

  submitted(event) {
    const form = event.target;
    if (form.dataset.post !== undefined) {
      event.preventDefault();
      const record = quiz.fields(form, event.submitter);
      quiz.act(form, () => quiz.send(form.dataset.post, { record }));
    } else if (form.dataset.upload !== undefined) {
      event.preventDefault();
      quiz.upload(form);
    } else if (form.dataset.go !== undefined) {
      event.preventDefault();
      location.assign(`${quiz.root}${form.dataset.go}?${new URLSearchParams(new FormData(form))}`);
    }
  },

  clicked(event) {
    const button = event.target.closest("button, a");
    if (!button) return;
    if (button.matches("button[data-post], button[data-get]")) quiz.pressed(button);
    else if (button.dataset.reload !== undefined) location.reload();
    else if (button.dataset.all || button.dataset.none) quiz.tick(button.dataset.all || button.dataset.none, Boolean(button.dataset.all));
  },

  tick(list, ticked) {
    for (const box of document.querySelectorAll(`#${list} li:not([hidden]) input[type=checkbox]`)) box.checked = ticked;
  },

  filter(field) {
    const wanted = field.value.trim();
    for (const line of document.querySelectorAll(`#${field.dataset.filter} li`)) line.hidden = !line.textContent.includes(wanted);
  },

  // How many items and marks the plan asks for in all.
  sum() {
    const table = document.querySelector("table.types");
    if (!table) return;
    let count = 0;
    let marks = 0;
    for (const row of table.tBodies[0].rows) {
      const [items, each] = [...row.querySelectorAll("input")].map((input) => Number(input.value) || 0);
      count += items;
      marks += items * each;
    }
    table.querySelector("[data-sum=count]").value = count;
    table.querySelector("[data-sum=marks]").value = marks;
  },

  // A part of a page that is asked for again every few seconds, but not while somebody is using it.
  poll(element) {
    setInterval(async () => {
      if (document.hidden || element.contains(document.activeElement)) return;
      try {
        const answer = await quiz.send(element.dataset.poll, { method: "GET" });
        if (!element.contains(document.activeElement)) element.innerHTML = answer.html;
      } catch {
        // The next round asks again.
      }
    }, Number(element.dataset.every) * 1000);
  },

  connect() {
    document.addEventListener("submit", quiz.submitted);
    document.addEventListener("click", quiz.clicked);
    document.addEventListener("input", (event) => {
      if (event.target.dataset.filter) quiz.filter(event.target);
      if (event.target.closest("table.types")) quiz.sum();
    });
    for (const element of document.querySelectorAll("[data-poll]")) quiz.poll(element);
    quiz.sum();
    window.policySizes.connect(document.body);
  },
};
quiz.connect();
