// Keys for who has a caller on the line. Function keys and arrows only: a letter must never do something by itself.

const page = document.querySelector("[data-front-desk]");
const search = page?.querySelector("input[type=search]");
const register = page?.querySelector("[data-register] button");
const results = [...(page?.querySelectorAll("[data-result] > summary") ?? [])];

function step(by) {
  const places = [search, ...results];
  const at = places.indexOf(document.activeElement);
  const next = places[Math.min(places.length - 1, Math.max(0, at + by))];
  next?.focus();
}

if (page) {
  for (const each of page.querySelectorAll("[data-needs-script]")) each.hidden = false;
  search?.select();
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const inResults = document.activeElement === search || results.includes(document.activeElement);
    if (event.key === "F2" && register) {
      event.preventDefault();
      register.click();
    } else if (event.key === "Escape") {
      event.preventDefault();
      location.assign("/balie");
    } else if (inResults && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  page.querySelector("[data-register]")?.addEventListener("submit", () => {
    // Twice F2 is one question.
    register.setAttribute("aria-disabled", "true");
    setTimeout(() => register.removeAttribute("aria-disabled"), 5000);
  });
}
