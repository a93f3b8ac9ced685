"use strict";
// A whole document: on a page of its own, and in a dialog over another page.
const policyReader = {
  // On a narrow screen the outline would cover what it leads to, so it begins folded.
  prepare(main) {
    const outline = main.querySelector(".outline details");
    if (outline && matchMedia("(max-width: 899px)").matches) outline.open = false;
    const here = main.querySelector(".outline [aria-current]");
    if (here) here.scrollIntoView({ block: "center" });
  },

  dialog() {
    let dialog = document.querySelector("dialog.reader-dialog");
    if (dialog) return dialog;
    dialog = document.createElement("dialog");
    dialog.className = "reader-dialog";
    dialog.setAttribute("aria-label", "原文");
    dialog.innerHTML =
      '<p class="reader-bar"><a target="_blank" class="own-window">在新窗口打开</a>' +
      '<button type="button" class="plain close-reader">关闭</button></p><div class="reader-body"></div>';
    dialog.querySelector(".close-reader").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
      const jump = event.target.closest('a[href^="#"]');
      if (!jump) return;
      event.preventDefault();
      const goal = document.getElementById(jump.getAttribute("href").slice(1));
      if (goal) goal.scrollIntoView({ block: "start" });
    });
    document.body.append(dialog);
    return dialog;
  },

  async open(href) {
    const dialog = this.dialog();
    const body = dialog.querySelector(".reader-body");
    dialog.querySelector(".own-window").setAttribute("href", href);
    body.textContent = "正在打开原文……";
    if (!dialog.open) dialog.showModal();
    const main = await this.fetched(href);
    if (!main) {
      body.textContent = "原文没有打开。请检查网络后再试。";
      return;
    }
    body.replaceChildren(main);
    this.prepare(main);
    const quote = body.querySelector("#quote");
    if (quote) quote.scrollIntoView({ block: "center" });
    const whole = body.querySelector(".whole");
    if (whole) whole.focus({ preventScroll: true });
  },

  async fetched(href) {
    try {
      const text = await (await fetch(href)).text();
      const main = new DOMParser().parseFromString(text, "text/html").querySelector("main");
      return main && document.importNode(main, true);
    } catch {
      return null;
    }
  },
};
window.policyReader = policyReader;
for (const main of document.querySelectorAll("body.standalone main")) policyReader.prepare(main);
