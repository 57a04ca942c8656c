// The filter of the dates: without this script the anchors of the page filter them.
(() => {
  "use strict";
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

  document.querySelectorAll("#filter").forEach(filter);
})();
