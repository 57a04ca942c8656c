// The dates for whom one chooses: the anchor is the choice, and the style sheet alone follows it. With this script the
// chosen chip is marked, a text narrows the list further and stands in the address, and a folded date opens.
(() => {
  "use strict";
  const nav = document.getElementById("filter");
  const list = document.getElementById("list");
  const search = document.getElementById("search");
  const [field, said] = search.children;
  const links = [...nav.querySelectorAll("a")];
  const articles = [...list.querySelectorAll("article")];
  const keys = links.map((link) => link.hash.slice(1));
  const plain = (text) => text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const texts = articles.map((article) => plain(article.textContent));
  const anchor = () => decodeURIComponent(location.hash.slice(1));

  const mark = () => {
    const chosen = keys.includes(anchor()) ? anchor() : keys[0];
    for (const link of links) {
      if (link.hash === `#${chosen}`) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const target = document.getElementById(anchor());
    const fold = target && target.closest("details");
    if (fold && !fold.open) {
      fold.open = true;
      target.scrollIntoView();
    }
    count();
  };

  const count = () => {
    const shown = articles.filter((article) => article.checkVisibility()).length;
    said.textContent = field.value ? said.dataset.found.replace("#", shown) : "";
  };

  const narrow = () => {
    const wanted = plain(field.value).split(/\s+/).filter(Boolean);
    articles.forEach((article, place) => {
      article.hidden = !wanted.every((word) => texts[place].includes(word));
    });
    count();
  };

  const keep = () => {
    const next = new URL(location.href);
    if (field.value) next.searchParams.set("q", field.value);
    else next.searchParams.delete("q");
    history.replaceState(null, "", next);
  };

  const asked = new URL(location.href).searchParams;
  field.value = asked.get("q") || "";
  search.hidden = false;
  field.addEventListener("input", () => {
    narrow();
    keep();
  });
  addEventListener("hashchange", mark);
  const given = asked.get("for") || asked.get("jurisdiction") || "";
  if (!location.hash && keys.includes(given)) location.replace(`#${given}`);
  narrow();
  mark();
})();
