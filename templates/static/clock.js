// What needs the reader's own clock: countdowns, the notice that a page may be out of date, the filter of the dates.
// The words come from the page; without this script every page says the same as of the day it was made.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  const DAY = 86400000;
  const utc = (text) => Date.parse(`${text}T00:00:00Z`);
  const now = new Date();
  const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());

  const inDays = (n) => {
    const grouped = String(n).replace(/\B(?=(\d{3})+$)/g, words.group);
    return (n === 1 ? words.one : words.other).replace("#", grouped);
  };

  const countDown = (element) => {
    const days = Math.round((utc(element.dataset.countdown) - today) / DAY);
    if (Number.isNaN(days)) return;
    const said = days === 0 ? words.today : days > 0 ? words.ahead : words.ago;
    element.textContent = said.replace("#", inDays(Math.abs(days)));
  };

  const noticeAge = (notice) => {
    if (utc(notice.dataset.next) < today) notice.hidden = false;
  };

  const filter = (nav) => {
    const links = [...nav.querySelectorAll("a[data-jurisdiction]")];
    const names = links.map((link) => link.dataset.jurisdiction);
    const address = new URL(location.href);
    const anchor = decodeURIComponent(address.hash.slice(1));
    const list = document.getElementById("list");
    const asked = list.contains(document.getElementById(anchor)) ? "" : address.searchParams.get("jurisdiction") ?? anchor;
    const chosen = asked.split(",").filter((name) => names.includes(name));
    const boxes = links.map((link) => {
      const box = Object.assign(document.createElement("input"), { type: "checkbox", value: link.dataset.jurisdiction });
      box.checked = chosen.length === 0 || chosen.includes(box.value);
      const label = document.createElement("label");
      label.append(box, link.textContent);
      link.replaceWith(label);
      return box;
    });
    const notice = Object.assign(document.createElement("p"), { role: "status" });
    nav.append(notice);
    nav.querySelector("a").parentElement.remove();
    const show = () => {
      const on = boxes.filter((box) => box.checked).map((box) => box.value);
      for (const article of list.querySelectorAll("article")) article.hidden = !on.includes(article.className);
      for (const section of list.querySelectorAll("section")) section.hidden = !section.querySelector("article:not([hidden])");
      notice.textContent = on.length === 0 ? nav.dataset.empty : "";
      return on;
    };
    nav.addEventListener("change", () => {
      const on = show();
      const next = new URL(location.href);
      next.search = on.length === names.length ? "" : `?jurisdiction=${on.join(",")}`;
      next.hash = "";
      history.replaceState(null, "", next);
    });
    if (names.includes(anchor)) {
      location.hash = ""; // so that the style sheet no longer filters by the anchor
      history.replaceState(null, "", `?jurisdiction=${chosen.join(",")}`);
    }
    show();
  };

  document.querySelectorAll("[data-countdown]").forEach(countDown);
  document.querySelectorAll("#stale").forEach(noticeAge);
  document.querySelectorAll("#filter").forEach(filter);
})();
