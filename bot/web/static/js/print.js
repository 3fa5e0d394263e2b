// A button that prints; it stays hidden without this script, since the browser's own menu prints as well.

for (const each of document.querySelectorAll("[data-needs-script]")) each.hidden = false;
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-print]")) return;
  // What is folded up would be missing on paper.
  for (const part of document.querySelectorAll(".debrief details")) part.open = true;
  window.print();
});
