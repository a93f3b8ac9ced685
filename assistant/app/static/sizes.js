"use strict";
// The size of the text: three steps, kept in this browser only, for every page of the site.
const policySizes = {
  key: "policy-text-size",
  steps: ["1", "2", "3"],

  chosen() {
    try {
      const kept = localStorage.getItem(this.key);
      return this.steps.includes(kept) ? kept : "1";
    } catch {
      return "1"; // A browser that keeps nothing still shows the page.
    }
  },

  choose(step) {
    document.documentElement.dataset.textSize = step;
    try {
      localStorage.setItem(this.key, step);
    } catch {
      // See above: the size then holds until the page is left.
    }
  },

  connect(element) {
    const buttons = [...element.querySelectorAll("[data-size]")];
    const mark = () => {
      const step = document.documentElement.dataset.textSize;
      for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.size === step));
    };
    for (const button of buttons) {
      button.addEventListener("click", () => {
        this.choose(button.dataset.size);
        mark();
      });
    }
    mark();
  },
};
document.documentElement.dataset.textSize = policySizes.chosen();
window.policySizes = policySizes;
