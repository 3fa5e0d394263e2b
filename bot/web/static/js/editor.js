// Keeps the preview of an answer up to date while somebody types, and asks before typed text is thrown away.

const form = document.querySelector("[data-editor]");
const preview = form?.querySelector("[data-preview]");
const PAUSE_MS = 700;

let timer;
let changed = false;

async function refresh() {
  const fields = new FormData(form);
  fields.set("actie", "voorbeeld");
  const response = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-Fragment": "1" },
  });
  if (!response.ok) return; // The preview stays as it was; saving will say what is wrong.
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const ticked = form.querySelector("#gecontroleerd")?.checked;
  preview.replaceChildren(preview.firstElementChild, ...page.body.childNodes);
  const tick = form.querySelector("#gecontroleerd");
  if (tick && ticked) tick.checked = true;
}

if (form && preview) {
  form.addEventListener("input", (event) => {
    if (event.target.id === "gecontroleerd") return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(() => refresh().catch(() => {}), PAUSE_MS);
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
