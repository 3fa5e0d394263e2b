// The conversation without reloading the page. Without this script the same forms work as ordinary forms.

const log = document.querySelector("[data-chat-log]");
const form = document.querySelector("[data-chat-form]");
const state = document.querySelector("[data-chat-state]");
const box = form?.querySelector("textarea");
const UNREACHABLE = "Er is geen verbinding met de server. Controleer uw internet en probeer het opnieuw.";
const TIMEOUT_MS = 150_000; // Longer than the server waits for a reply, so that its own message arrives first.

let busy = false;
let unsent = { said: "", id: "" };

// One id per message, kept while it did not arrive: sent again, it is still the same message.
function idOf(said) {
  if (said !== unsent.said) {
    const bytes = crypto.getRandomValues(new Uint8Array(12));
    unsent = { said, id: Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("") };
  }
  return unsent.id;
}

function ownBubble(text) {
  const bubble = document.createElement("div");
  bubble.className = "bubble bubble--own";
  const who = document.createElement("p");
  who.className = "bubble__who";
  who.textContent = form.dataset.ownName;
  const words = document.createElement("p");
  words.className = "utrecht-paragraph bubble__typed";
  words.textContent = text;
  bubble.append(who, words);
  return bubble;
}

// What only works with this script stays hidden until it runs.
function reveal(part) {
  for (const each of part.querySelectorAll("[data-needs-script]")) each.hidden = false;
}

function say(words, isProblem = false) {
  state.textContent = words;
  state.classList.toggle("is-problem", isProblem);
}

async function ask(target, fields) {
  const response = await fetch(target.action, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { "X-Fragment": "1" },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const problem = page.querySelector("[data-problem]");
  if (!response.ok || problem) throw new Error(problem?.textContent ?? UNREACHABLE);
  return page.body;
}

// Resolves to whether the message arrived. A message that did not arrive leaves no trace in the log.
async function turn(target, fields, said) {
  if (busy) return false;
  busy = true;
  document.querySelector("[data-chat-problem]")?.remove();
  const own = ownBubble(said);
  log.append(own);
  own.scrollIntoView({ block: "nearest" });
  say(form.dataset.busy);
  form.querySelector("button").setAttribute("aria-disabled", "true");
  try {
    const reply = await ask(target, fields);
    reveal(reply);
    const first = reply.firstElementChild ?? own;
    const last = reply.lastElementChild ?? own;
    log.append(...reply.childNodes);
    say("");
    // All of the reply when it fits, else its beginning.
    last.scrollIntoView({ block: "nearest" });
    first.scrollIntoView({ block: "nearest" });
    return true;
  } catch (error) {
    own.remove();
    say(error.name === "Error" ? error.message : UNREACHABLE, true);
    return false;
  } finally {
    busy = false;
    form.querySelector("button").removeAttribute("aria-disabled");
  }
}

async function sendTyped() {
  const said = box.value.trim();
  if (busy) return;
  if (!said) {
    box.focus();
    return;
  }
  const fields = new FormData(form);
  if (fields.has("bericht")) fields.set("bericht", idOf(said));
  box.value = "";
  if (await turn(form, fields, said)) unsent = { said: "", id: "" };
  else if (!box.value) box.value = said;
  box.focus({ preventScroll: true });
}

if (log && form && box) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    sendTyped();
  });
  box.addEventListener("keydown", (event) => {
    // Enter also confirms a word in an input method (Chinese, Arabic keyboards): that is not sending.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    sendTyped();
  });
  document.addEventListener("submit", (event) => {
    const choice = event.target.closest("[data-chat-choice]");
    if (!choice) return;
    event.preventDefault();
    const fields = new FormData(choice, event.submitter);
    turn(choice, fields, fields.get("titel") ?? event.submitter.dataset.title).then(() => box.focus({ preventScroll: true }));
  });
  reveal(document);
}
