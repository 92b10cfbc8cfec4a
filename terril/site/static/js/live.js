/* What htmx brings is told aloud, and a refusal is shown where it can be read. */
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 409) {
    detail.shouldSwap = true;
    detail.isError = false;
    detail.target = document.getElementById("refusal") ?? detail.target;
    detail.swapOverride = "innerHTML";
  }
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.id === "refusal") {
    detail.target.querySelector("[tabindex]")?.focus();
  }
});

document.addEventListener("htmx:sendError", () => {
  const live = document.getElementById("live");
  const word = live?.dataset.offline;
  if (!word) return;
  live.textContent = "";
  const line = document.createElement("p");
  line.className = "notice notice-warning";
  line.textContent = word;
  live.append(line);
});

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful) document.getElementById("live")?.replaceChildren();
});
