// What needs the reader's own clock: countdowns, the notice that a page may be out of date.
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

  // How old the record is on the reader's day: said from 30 days on, louder from 60 and from 120.
  const tellAge = (age) => {
    const days = Math.round((today - utc(age.dataset.age)) / DAY);
    if (!(days >= 30)) return;
    age.hidden = false;
    age.textContent = `, ${words.ago.replace("#", inDays(days))}`;
    age.parentElement.classList.add("note");
    age.parentElement.classList.toggle("warning", days >= 60 && days < 120);
    age.parentElement.classList.toggle("alarm", days >= 120);
  };

  document.querySelectorAll("[data-age]").forEach(tellAge);
  document.querySelectorAll("[data-countdown]").forEach(countDown);
  document.querySelectorAll("#stale").forEach(noticeAge);
})();
